// The frame of the page: navigation between the views, sign-in, language.

import {atHub} from './urls.js';
import {element} from './dom.js';
import {get, Refused} from './api.js';
import {signIn, signOut, takeTokenFromAddress, token} from './session.js';
import {htmlLanguage, isEnglish, say, switchLanguage} from './i18n.js';
import {liveView} from './liveview.js';
import {ordersView, orderView} from './orderview.js';
import {parkedView} from './parkedview.js';
import {stuckView} from './stuckview.js';
import {routesView} from './routesview.js';
import {revisionView} from './revisions.js';
import {trendsView} from './trendsview.js';

const VIEWS = [['#/', 'live'], ['#/orders', 'orders'], ['#/stuck', 'stuck'], ['#/parked', 'parked'],
  ['#/routes', 'routes'], ['#/trends', 'trends']];

const main = document.getElementById('main');
const connection = document.getElementById('connection');
const language = document.getElementById('language');
const leave = document.getElementById('leave');
let close = () => {};
let links = [];

function showConnection(state, seconds) {
  const text = `${state === 'stale' ? '⚠ ' : state === 'fresh' ? '● ' : ''}${say(state, seconds)}`;
  connection.dataset.state = state;
  if (connection.textContent !== text) {
    connection.textContent = text;
  }
}

function frame() {
  document.documentElement.lang = htmlLanguage();
  document.querySelector('.skip').textContent = say('skip');
  language.textContent = say('language');
  leave.textContent = say('leave');
  leave.hidden = !token();
  const nav = document.getElementById('views');
  nav.setAttribute('aria-label', say('views'));
  nav.hidden = !token();
  const here = location.hash.startsWith('#/order') ? '#/orders' : location.hash.startsWith('#/routes') ? '#/routes'
    : location.hash || '#/';
  nav.replaceChildren(...VIEWS.map(([address, word]) => element('a',
    {href: address, 'aria-current': address === here ? 'page' : null}, say(word))),
  ...links.map(link => element('a', {href: link.address, class: 'aside'}, `${link[isEnglish() ? 'en' : 'zh']} ↗`)));
}

/** Further links in the navigation: none, unless the program that started the hub serves its own, as the demo does. */
async function askForLinks() {
  const answer = await fetch(atHub('/page/links.json'), {cache: 'no-store'});
  links = answer.ok ? await answer.json() : [];
  frame();
}

function show() {
  // The target of the skip link, not a view.
  if (location.hash === '#main') {
    return;
  }
  takeTokenFromAddress();
  close();
  close = () => {};
  main.replaceChildren();
  connection.textContent = '';
  connection.removeAttribute('data-state');
  frame();
  const out = () => {
    signOut();
    show();
  };
  if (!token()) {
    askForToken();
    return;
  }
  const order = /^#\/order\/(.+)$/.exec(location.hash);
  const revision = /^#\/routes\/(\d{1,15})$/.exec(location.hash);
  if (order) {
    close = orderView(main, plain(order[1]), out);
  } else if (location.hash === '#/orders') {
    close = ordersView(main, out);
  } else if (location.hash === '#/stuck') {
    close = stuckView(main, out);
  } else if (location.hash === '#/parked') {
    close = parkedView(main, out);
  } else if (revision) {
    close = revisionView(main, Number(revision[1]), out);
  } else if (location.hash === '#/routes') {
    close = routesView(main, out);
  } else if (location.hash === '#/trends') {
    close = trendsView(main, out);
  } else {
    close = liveView(main, showConnection, out);
  }
}

function plain(encoded) {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

function askForToken() {
  const input = element('input', {id: 'token', type: 'password', required: true, autocomplete: 'off',
    'aria-describedby': 'token-help token-wrong'});
  const wrong = element('p', {id: 'token-wrong', class: 'problem', role: 'alert'});
  main.append(element('form', {class: 'sign-in', onsubmit: async event => {
    event.preventDefault();
    wrong.textContent = '';
    signIn(input.value);
    try {
      await get('/api/arrows');
      show();
    } catch (e) {
      signOut();
      wrong.textContent = e instanceof Refused && e.status < 500 ? say('tokenWrong') : say('hubAway');
    }
  }}, element('h1', {}, say('signIn')), element('label', {for: 'token'}, say('token')), input,
  element('p', {id: 'token-help'}, say('tokenHelp')), wrong, element('button', {type: 'submit'}, say('signIn'))));
  input.focus();
}

language.addEventListener('click', () => {
  switchLanguage();
  show();
});
leave.addEventListener('click', () => {
  signOut();
  show();
});
addEventListener('hashchange', show);
show();
askForLinks().catch(() => {
  // The page works without them.
});
