/** The application: what it is made of, who may do what, and the settings that it takes. */
package hub;
