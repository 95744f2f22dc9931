// The search for orders by store, state and time of confirmation.

import {orderAddress} from './urls.js';
import {element} from './dom.js';
import {get, inWords, isSignedOut} from './api.js';
import {moment, name, say} from './i18n.js';

const PAGE = 50;
/** Requests per page of results: the hub searches a bounded number of orders per request, and few may match. */
const ANSWERS_AT_ONCE = 5;
const STATES = ['OPEN', 'CONFIRMED', 'PAID', 'RECEIVED', 'MAKING', 'MADE', 'NOTED', 'ASSIGNED', 'PICKED_UP', 'DELIVERED', 'FAILED',
  'CANCEL_REQUESTED', 'CANCELLED', 'REFUSED', 'DELIVERY_FAILED', 'EXPIRED'];

/** @param out signs out @returns a function that ends the search */
export function orderSearch(main, out) {
  const field = (word, control) => element('p', {}, element('label', {for: control.id}, say(word)), control);
  const form = element('form', {class: 'filter', role: 'search', 'aria-label': say('searchOrders')},
    field('store', element('input', {id: 'search-store', name: 'store', autocomplete: 'off', spellcheck: 'false', maxlength: 64})),
    field('state', element('select', {id: 'search-state', name: 'state'}, element('option', {value: ''}, say('any')),
      STATES.map(state => element('option', {value: state}, name('orderStates', state))))),
    field('confirmedFrom', element('input', {id: 'search-from', name: 'from', type: 'datetime-local', step: 1})),
    field('to', element('input', {id: 'search-to', name: 'to', type: 'datetime-local', step: 1})),
    element('p', {class: 'acts'}, element('button', {type: 'submit', id: 'search-orders-go'}, say('search'))));
  // The roles keep this a table where a narrow screen's style displays it as blocks.
  const rows = element('tbody', {role: 'rowgroup'});
  const table = element('table', {class: 'found', role: 'table', hidden: true},
    element('caption', {class: 'unseen'}, say('searchOrders')),
    element('thead', {role: 'rowgroup'}, element('tr', {role: 'row'}, ['order', 'store', 'kind', 'confirmedAt', 'state', 'settledAs'].map(word =>
      element('th', {scope: 'col', role: 'columnheader'}, say(word))))), rows);
  const said = element('p', {class: 'empty', role: 'status'});
  const more = element('button', {type: 'button', class: 'more', hidden: true}, say('lookFurther'));
  main.append(element('h2', {}, say('searchOrders')), form, element('p', {class: 'hint'}, say('withoutAStore')), table, said, more);
  let query = null;
  let next = null;
  let asked = 0;

  form.addEventListener('submit', event => {
    event.preventDefault();
    query = new URLSearchParams([...new FormData(form)].map(([condition, value]) => [condition, value.trim()])
      .filter(([, value]) => value).map(([condition, value]) => [condition, condition === 'from' || condition === 'to'
        ? new Date(value).toISOString() : value]));
    query.set('limit', PAGE);
    next = null;
    rows.replaceChildren();
    read(++asked);
  });
  more.addEventListener('click', () => read(asked));

  /** @param turn number of the search; the answer to an older search is not shown */
  async function read(turn) {
    said.className = 'empty';
    said.textContent = say('loading');
    more.disabled = true;
    let shown = 0;
    try {
      for (let answers = 0; answers < ANSWERS_AT_ONCE && shown < PAGE && (answers === 0 || next !== null); answers++) {
        if (next !== null) {
          query.set('after', next);
        }
        const answer = await get(`/api/search/orders?${query}`);
        if (turn !== asked) {
          return;
        }
        rows.append(...answer.orders.map(row));
        shown += answer.orders.length;
        next = answer.next;
      }
      said.textContent = next !== null ? say('lookedThroughTo', rows.childElementCount)
        : rows.childElementCount === 0 ? say('none') : say('foundAll', rows.childElementCount);
    } catch (e) {
      if (turn !== asked) {
        return;
      }
      if (isSignedOut(e)) {
        out();
        return;
      }
      said.className = 'problem';
      said.textContent = inWords(e);
    }
    table.hidden = rows.childElementCount === 0;
    more.hidden = next === null;
    more.disabled = false;
  }

  return () => {
    asked++;
  };
}

function row(order) {
  const states = [order.make, order.delivery === 'NONE' ? null : order.delivery, order.cancel === 'NONE' ? null : order.cancel];
  const cell = text => element('td', {role: 'cell'}, text);
  return element('tr', {role: 'row', 'data-order': order.orderId},
    element('th', {scope: 'row', role: 'rowheader'}, element('a', {href: orderAddress(order.orderId)}, order.orderId)),
    cell(order.storeId), cell(name('kindsOfOrder', order.kind)), cell(moment(order.confirmedAt)),
    cell(states.filter(Boolean).map(state => name('orderStates', state)).join(' · ')),
    cell(order.settledAs ? `${name('orderStates', order.settledAs)} · ${moment(order.settledAt)}` : '–'));
}
