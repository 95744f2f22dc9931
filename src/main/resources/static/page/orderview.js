// The orders view, and the view of one order: its states, what it waits for, and its own sequence diagram.

import {orderAddress} from './urls.js';
import {element} from './dom.js';
import {get, inWords, isSignedOut, Refused} from './api.js';
import {messagesOf} from './parkedmessage.js';
import {orderSearch} from './ordersearch.js';
import {lifelinesOf, strip, ENGLISH} from './lifelines.js';
import {meaning} from './liveview.js';
import {clock, clockMillis, isEnglish, name, number, say} from './i18n.js';

const SEEN = 'lucky-hub.orders';
const MOST_SEEN = 20;
const EVERY = 2000;

const seen = () => JSON.parse(sessionStorage.getItem(SEEN) ?? '[]');

function remember(id) {
  sessionStorage.setItem(SEEN, JSON.stringify([id, ...seen().filter(other => other !== id)].slice(0, MOST_SEEN)));
}

export function ordersView(main, out) {
  const input = element('input', {id: 'order-id', name: 'id', required: true, autocomplete: 'off', spellcheck: 'false',
    maxlength: 200});
  main.append(element('h1', {}, say('orders')),
    element('form', {class: 'search', role: 'search', onsubmit: event => {
      event.preventDefault();
      location.hash = orderAddress(input.value.trim());
    }}, element('label', {for: 'order-id'}, say('orderId')), input, element('button', {type: 'submit'}, say('look'))));
  const close = orderSearch(main, out);
  main.append(element('h2', {}, say('recent')),
    seen().length === 0 ? element('p', {class: 'empty'}, say('none'))
      : element('ul', {class: 'recent'}, seen().map(id => element('li', {}, element('a', {href: orderAddress(id)}, id)))));
  return close;
}

export function orderView(main, id, out) {
  const body = element('div', {}, element('p', {class: 'empty'}, say('loading')));
  const messages = messagesOf(id);
  main.append(element('h1', {}, `${say('order')} `, element('code', {}, id)), body, messages.element);
  let stopped = false;
  let timer = null;
  let shown = '';

  async function look() {
    try {
      const [order, {arrows}] = await Promise.all([get(`/api/orders/${encodeURIComponent(id)}`), get('/api/arrows')]);
      if (stopped) {
        return;
      }
      // Drawn again only when it has changed, so that a selection or the focus is not lost.
      if (JSON.stringify(order) !== shown) {
        shown = JSON.stringify(order);
        remember(id);
        messages.look();
        body.replaceChildren(states(order), waits(order), journey(order, arrows));
      }
    } catch (e) {
      if (stopped) {
        return;
      }
      if (isSignedOut(e)) {
        out();
        return;
      }
      shown = '';
      messages.look();
      body.replaceChildren(element('p', {class: 'problem', role: 'alert'},
        e instanceof Refused ? `${e.title}: ${e.message}` : inWords(e)));
    }
    timer = setTimeout(look, EVERY);
  }
  look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

function states(order) {
  const facts = [
    [say('store'), order.storeId], [say('amount'), `${number(order.amount / 100)} ${order.currency}`],
    [say('make'), `${name('orderStates', order.make.state)} · ${clock(order.make.since)}`],
    order.kind === 'DELIVERY' ? [say('delivery'), order.delivery.since
      ? `${name('orderStates', order.delivery.state)} · ${clock(order.delivery.since)}` : '–'] : null,
    order.cancel.state === 'NONE' ? null : [say('cancelling'), name('orderStates', order.cancel.state)],
    order.readyAt ? [say('readyAt'), `${clock(order.readyAt.at)} (${order.readyAt.from})`] : null,
    order.deliveredAt ? [say('deliveredAt'), `${clock(order.deliveredAt.at)} (${order.deliveredAt.from})`] : null,
    order.settledAs ? [say('settledAs'), `${name('orderStates', order.settledAs)} · ${clock(order.settledAt)}`] : null];
  return element('dl', {class: 'facts'}, facts.filter(Boolean).map(([term, value]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, value))));
}

function waits(order) {
  return element('section', {class: 'waits', 'aria-labelledby': 'waits'},
    element('h2', {id: 'waits'}, say('waitsFor')),
    order.awaits.length === 0 ? element('p', {}, say('waitsForNothing'))
      : element('ul', {}, order.awaits.map(debt => element('li', {},
        element('strong', {}, `${name('debts', debt.what)} (${debt.from})`), ` · ${say('nextPull', clock(debt.nextAt))}`))));
}

function journey(order, arrows) {
  const known = new Map(arrows.map(arrow => [arrow.id, arrow]));
  const steps = order.timeline;
  const lifelines = lifelinesOf(steps.map(step => known.get(step.arrow)).filter(Boolean)
    .concat([{from: '订单', to: '订单'}]));
  return element('table', {role: 'table', class: 'arrows journey'},
    element('caption', {}, say('took')),
    element('thead', {role: 'rowgroup'}, element('tr', {role: 'row'},
      element('th', {role: 'columnheader', scope: 'col', class: 'when'}, say('at')),
      element('th', {role: 'columnheader', scope: 'col', class: 'what'}, say('arrow')),
      element('th', {role: 'columnheader', scope: 'col', class: 'path'}, element('div', {class: 'heads'},
        lifelines.map(line => element('span', {}, line, isEnglish() && ENGLISH[line]
          ? element('small', {}, ENGLISH[line]) : null)))),
      element('th', {role: 'columnheader', scope: 'col', class: 'by'}, say('way')),
      element('th', {role: 'columnheader', scope: 'col', class: 'outcome'}, say('outcome')))),
    element('tbody', {role: 'rowgroup'}, steps.map(step => stepRow(step, known.get(step.arrow), lifelines))));
}

function stepRow(step, arrow, lifelines) {
  return element('tr', {role: 'row', 'data-step': step.arrow, class: step.outcome.toLowerCase()},
    element('td', {role: 'cell', class: 'when'}, element('time', {datetime: step.at}, clockMillis(step.at))),
    element('th', {role: 'rowheader', scope: 'row', class: 'what'}, element('span', {class: 'name'},
      element('code', {}, step.arrow), ' ', arrow ? element('span', {class: 'words', lang: 'zh-CN'}, meaning(arrow).words) : null)),
    element('td', {role: 'cell', class: 'path'}, arrow ? strip(lifelines, arrow.from, arrow.to, step.way === 'PULL') : null),
    element('td', {role: 'cell', class: 'by'}, name('ways', step.way)),
    element('td', {role: 'cell', class: 'outcome'}, element('span', {class: `mark ${step.outcome.toLowerCase()}`},
      name('outcomes', step.outcome)), step.detail ? element('small', {}, ` ${step.detail}`) : null));
}
