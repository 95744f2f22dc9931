// The parked view: parked messages, filtered, page by page.

import {element} from './dom.js';
import {messageCard} from './parkedmessage.js';
import {get, inWords, isSignedOut} from './api.js';
import {say} from './i18n.js';

const PAGE = 20;
const STATES = ['PARKED', 'REPLAYED', 'DISMISSED', 'ALL'];

export function parkedView(main, out) {
  const found = element('ul', {class: 'cards'});
  const said = element('p', {role: 'status'});
  const more = element('button', {type: 'button', class: 'more', hidden: true}, say('more'));
  const form = filterForm();
  main.append(element('h1', {}, say('parked')), form, found, said, more);
  let may = false;
  let next = null;
  let asked = 0;

  form.addEventListener('submit', event => {
    event.preventDefault();
    begin();
  });
  form.addEventListener('reset', () => setTimeout(begin));
  more.addEventListener('click', () => read(asked));

  function begin() {
    next = null;
    read(++asked);
  }

  /** @param turn number of the query; the answer to an older query is not shown */
  async function read(turn) {
    const query = new URLSearchParams([...new FormData(form)].map(([field, value]) => [field, value.trim()])
      .filter(([, value]) => value).map(([field, value]) => [field, field === 'from' || field === 'to'
        ? new Date(value).toISOString() : value]));
    query.set('limit', PAGE);
    if (next) {
      query.set('after', next);
    }
    said.className = 'empty';
    said.textContent = say('loading');
    more.disabled = true;
    try {
      const answer = await get(`/api/parked?${query}`);
      if (turn !== asked) {
        return;
      }
      const cards = answer.messages.map(message => messageCard(message, may));
      const isFirst = next === null;
      if (isFirst) {
        found.replaceChildren();
      }
      found.append(...cards);
      next = answer.next;
      more.hidden = next === null;
      said.textContent = found.childElementCount === 0 ? say('none') : '';
      if (!isFirst) {
        cards[0]?.querySelector('a, summary')?.focus();
      }
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
      more.hidden = next === null;
    } finally {
      more.disabled = false;
    }
  }

  const turn = ++asked;
  Promise.all([get('/api/me'), get('/api/arrows')]).then(([me, {arrows}]) => {
    may = me.roles.includes('operator');
    form.elements.arrow.append(...arrows.map(arrow => element('option', {value: arrow.id}, arrow.id)));
  }, () => {
    // The request for the list will show the failure.
  }).then(() => {
    if (turn === asked) {
      read(turn);
    }
  });
  return () => {
    asked++;
  };
}

function filterForm() {
  const field = (word, control) => element('p', {}, element('label', {for: control.id}, say(word)), control);
  const text = (id, filter) => element('input', {id, name: filter, autocomplete: 'off', spellcheck: 'false', maxlength: 200});
  return element('form', {class: 'filter', role: 'search', 'aria-label': say('filter')},
    field('state', element('select', {id: 'parked-state', name: 'state'}, STATES.map(state =>
      element('option', {value: state}, say('parkedStates')[state])))),
    field('arrow', element('select', {id: 'parked-arrow', name: 'arrow'}, element('option', {value: ''}, say('any')))),
    field('orderId', text('parked-order', 'order')), field('store', text('parked-store', 'store')),
    field('causeHas', text('parked-cause', 'cause')),
    field('from', element('input', {id: 'parked-from', name: 'from', type: 'datetime-local'})),
    field('to', element('input', {id: 'parked-to', name: 'to', type: 'datetime-local'})),
    element('p', {class: 'acts'}, element('button', {type: 'submit'}, say('show')),
      element('button', {type: 'reset'}, say('clear'))));
}
