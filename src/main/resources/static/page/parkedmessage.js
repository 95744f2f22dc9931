// The card of a parked message: its cause, its content, and the acts replay and dismiss.

import {orderAddress} from './urls.js';
import {element} from './dom.js';
import {get, inWords, post} from './api.js';
import {moment, name, number, say} from './i18n.js';

const BYTES_IN_LINE = 16;
const LONGEST_REASON = 200;

/** @param may whether the user may replay and dismiss */
export function messageCard(message, may) {
  const state = element('span', {class: 'mark'});
  const cause = element('p', {class: 'cause'}, message.cause);
  const last = element('p', {class: 'last'});
  const answer = element('p', {class: 'answer', role: 'status'});
  const acts = element('div', {class: 'acts'});
  const card = element('li', {'data-message': message.id},
    element('p', {class: 'of'}, element('code', {}, message.arrow), ` · ${name('ways', message.way)} · ${moment(message.parkedAt)}`,
      message.orderId ? [' · ', element('a', {href: orderAddress(message.orderId)}, message.orderId)] : null,
      message.storeId ? ` · ${say('store')} ${message.storeId}` : null, state),
    cause, last, element('p', {class: 'from'}, say('source'), ' ', element('code', {}, message.source)), content(message), acts,
    answer);

  function stand(now) {
    state.textContent = now === 'PARKED' ? `⚑ ${name('parkedStates', now)}` : name('parkedStates', now);
    state.classList.toggle('applied', now === 'REPLAYED');
    state.classList.toggle('duplicate', now === 'DISMISSED');
    acts.replaceChildren(...(may && now === 'PARKED' ? offered() : []));
  }

  function offered() {
    const about = `${message.arrow} ${message.orderId ?? message.source}`;
    const dismiss = element('button', {type: 'button', class: 'dismiss', 'aria-label': `${say('dismiss')}: ${about}`,
      onclick: () => askWhy(dismiss)}, say('dismiss'));
    return [element('button', {type: 'button', class: 'replay', 'aria-label': `${say('replay')}: ${about}`,
      onclick: () => act('replay', {ids: [message.id]})}, say('replay')), dismiss];
  }

  /** A dismissal needs a reason, which the audit keeps. */
  function askWhy(button) {
    const id = `why-${message.id}`;
    const input = element('input', {id, required: true, maxlength: LONGEST_REASON, autocomplete: 'off'});
    acts.replaceChildren(element('form', {class: 'why', onsubmit: event => {
      event.preventDefault();
      act('dismiss', {ids: [message.id], reason: input.value});
    }}, element('label', {for: id}, say('whyDismiss')), input,
    element('button', {type: 'submit'}, say('dismiss')),
    element('button', {type: 'button', onclick: () => {
      stand('PARKED');
      acts.querySelector('.dismiss').focus();
    }}, say('leaveParked'))));
    input.focus();
  }

  async function act(what, wish) {
    const pressed = [...acts.querySelectorAll('button')];
    pressed.forEach(button => {
      button.disabled = true;
    });
    answer.className = 'answer';
    answer.textContent = say('sending');
    try {
      const [became] = (await post(`/api/parked/${what}`, wish)).messages;
      answer.textContent = resultInWords(became);
      if (became.state === 'PARKED') {
        cause.textContent = became.detail ?? message.cause;
      }
      stand(became.state);
    } catch (e) {
      answer.classList.add('problem');
      answer.textContent = inWords(e);
      pressed.forEach(button => {
        button.disabled = false;
      });
    }
  }

  if (message.last) {
    last.textContent = say('lastAct', name('parkedStates', message.state), moment(message.last.at), message.last.by,
      message.last.outcome ? name('outcomes', message.last.outcome) : null, message.last.reason);
  }
  stand(message.state);
  return card;
}

/** The section with all messages of one order that were ever parked; hidden when there are none. */
export function messagesOf(orderId) {
  const cards = element('ul', {class: 'cards'});
  const section = element('section', {class: 'messages', 'aria-labelledby': 'messages', hidden: true},
    element('h2', {id: 'messages'}, say('messages')), element('p', {class: 'hint'}, say('messagesAre')), cards);
  let shown = '';

  async function look() {
    try {
      const [{messages}, me] = await Promise.all([get(`/api/parked?state=ALL&order=${encodeURIComponent(orderId)}`), get('/api/me')]);
      const now = JSON.stringify(messages.map(message => [message.id, message.state]));
      // Not while somebody is at one of them.
      if (now !== shown && !cards.contains(document.activeElement)) {
        shown = now;
        section.hidden = messages.length === 0;
        cards.replaceChildren(...messages.map(message => messageCard(message, me.roles.includes('operator'))));
      }
    } catch {
      // The order itself is requested as often, and its view shows the failure.
    }
  }

  return {element: section, look};
}

function resultInWords(became) {
  if (became.state === 'UNKNOWN') {
    return say('noSuchMessage');
  }
  const by = became.done ? '' : say('doneBefore', became.by, moment(became.at));
  if (became.state === 'PARKED') {
    return `✖ ${say('staysParked')}`;
  }
  if (became.state === 'DISMISSED') {
    return `✔ ${say('dismissed')} ${by}`;
  }
  return `✔ ${say('replayed', name('outcomes', became.outcome))} ${by}`;
}

/** Built when it is opened: the contents of a page of messages may be a megabyte. */
function content(message) {
  const body = element('div');
  const open = element('details', {class: 'content'}, element('summary', {}, say('content', number(message.bodyBytes))), body);
  open.addEventListener('toggle', () => {
    if (open.open && body.childElementCount === 0) {
      const headers = Object.entries(message.headers);
      const binary = message.bodyEncoding === 'base64';
      const bytes = binary ? Uint8Array.from(atob(message.body), c => c.charCodeAt(0)) : new TextEncoder().encode(message.body);
      body.append(...[headers.length === 0 ? null : element('dl', {class: 'headers'}, headers.map(([header, value]) =>
        element('div', {}, element('dt', {}, header), element('dd', {}, element('code', {}, value ?? '–'))))),
      binary ? element('p', {class: 'hint'}, say('noText')) : null,
      element('pre', {tabindex: 0, 'aria-label': say('body')}, binary ? hexadecimal(bytes) : message.body),
      bytes.length < message.bodyBytes
        ? element('p', {class: 'hint'}, say('cutAt', number(bytes.length), number(message.bodyBytes))) : null].filter(Boolean));
    }
  });
  return open;
}

function hexadecimal(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += BYTES_IN_LINE) {
    const line = [...bytes.subarray(at, at + BYTES_IN_LINE)];
    const figures = line.map(byte => byte.toString(16).padStart(2, '0')).join(' ').padEnd(3 * BYTES_IN_LINE);
    lines.push(`${at.toString(16).padStart(4, '0')}  ${figures} ${line.map(printed).join('')}`);
  }
  return lines.join('\n');
}

const printed = byte => byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·';
