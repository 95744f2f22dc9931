// What waits too long, and what waits for a person.

import {element} from './dom.js';
import {ask, get, Refused} from './session.js';
import {orderAddress} from './orderview.js';
import {clock, name, say} from './words.js';

export function stuckView(main, out) {
  return list(main, 'stuck', '/api/stuck', out, answer => answer.orders.map(stuck => element('li', {},
    element('p', {}, element('a', {href: orderAddress(stuck.orderId)}, stuck.orderId),
      ` · ${say('waitsFor')} ${name('debts', stuck.awaits)} · ${say('store')} ${stuck.storeId}`),
    element('p', {class: 'cause'}, stuck.cause),
    element('p', {}, `${say('nextPull', clock(stuck.nextAt))} · ${say('attempts')} ${stuck.attempts}× `, pullNow(stuck)))));
}

function pullNow(stuck) {
  const said = element('span', {role: 'status'});
  return [element('button', {type: 'button', onclick: async () => {
    try {
      await ask(stuck.act.path, {method: stuck.act.method});
      said.textContent = ` ${say('pulled')}`;
    } catch (e) {
      said.textContent = ` ${e instanceof Refused ? e.message : say('hubAway')}`;
    }
  }}, say('pullNow')), said];
}

export function parkedView(main, out) {
  return list(main, 'parked', '/api/parked', out, answer => answer.messages.map(message => element('li', {},
    element('p', {}, element('code', {}, message.arrow), ` · ${clock(message.parkedAt)} · `,
      message.orderId ? element('a', {href: orderAddress(message.orderId)}, message.orderId) : '–'),
    element('p', {class: 'cause'}, message.cause),
    element('p', {}, `${say('source')} ${message.source}`))));
}

function list(main, title, path, out, items) {
  const body = element('div', {}, element('p', {class: 'empty'}, say('loading')));
  main.append(element('h1', {}, say(title)), body);
  let stopped = false;
  get(path).then(answer => {
    const made = stopped ? [] : items(answer);
    body.replaceChildren(made.length === 0 ? element('p', {class: 'empty'}, say('none')) : element('ul', {class: 'cards'}, made));
  }, e => {
    if (e instanceof Refused && e.status === 401) {
      out();
    } else {
      body.replaceChildren(element('p', {class: 'problem', role: 'alert'}, e instanceof Refused ? e.message : say('hubAway')));
    }
  });
  return () => {
    stopped = true;
  };
}
