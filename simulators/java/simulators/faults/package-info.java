/** Faults as data: a name, a channel and a rate; repeatable by seed, changeable while the simulator runs. */
package simulators.faults;
