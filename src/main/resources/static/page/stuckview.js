// The stuck view: orders that have waited for too long, and the act that pulls for them at once.

import {orderAddress} from './urls.js';
import {element} from './dom.js';
import {ask, get, inWords, isSignedOut} from './api.js';
import {clock, name, say} from './i18n.js';

export function stuckView(main, out) {
  const body = element('div', {}, element('p', {class: 'empty'}, say('loading')));
  main.append(element('h1', {}, say('stuck')), body);
  let stopped = false;
  Promise.all([get('/api/stuck'), get('/api/me')]).then(([{orders}, me]) => {
    if (!stopped) {
      const may = me.roles.includes('operator');
      body.replaceChildren(orders.length === 0 ? element('p', {class: 'empty'}, say('stuckNone'))
        : element('ul', {class: 'cards'}, orders.map(stuck => card(stuck, may))));
    }
  }, e => {
    if (isSignedOut(e)) {
      out();
    } else {
      body.replaceChildren(element('p', {class: 'problem', role: 'alert'}, inWords(e)));
    }
  });
  return () => {
    stopped = true;
  };
}

function card(stuck, may) {
  return element('li', {},
    element('p', {}, element('a', {href: orderAddress(stuck.orderId)}, stuck.orderId),
      ` · ${say('waitsFor')} ${name('debts', stuck.awaits)} · ${say('store')} ${stuck.storeId}`),
    element('p', {class: 'cause'}, stuck.cause),
    element('p', {}, `${say('nextPull', clock(stuck.nextAt))} · ${say('attempts', stuck.attempts)} `,
      may ? pullNow(stuck) : null));
}

function pullNow(stuck) {
  const said = element('span', {role: 'status'});
  return [element('button', {type: 'button', onclick: async () => {
    try {
      await ask(stuck.act.path, {method: stuck.act.method});
      said.textContent = ` ${say('pulled')}`;
    } catch (e) {
      said.textContent = ` ${inWords(e)}`;
    }
  }}, say('pullNow')), said];
}
