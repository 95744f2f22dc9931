// The revision in force, the hubs that run it, and the history below. It follows the hub by polling.

import {element} from './dom.js';
import {get, inWords, isSignedOut} from './api.js';
import {moment, say} from './i18n.js';
import {historyTable, origin, revisionAddress, revisionName} from './revisions.js';

const LOOK_EVERY = 3000;

/**
 * Shows the revision in force at the given place, and keeps it up to date.
 *
 * @param goBack  called with the number of a revision to roll back to; null when the user may not
 * @param changed called after each poll with what runs, the revisions, and the files if they may have changed, else null
 * @returns the element of the history, lookAgain() for a poll at once, and stop()
 */
export function watch(place, goBack, out, changed) {
  const state = element('div', {class: 'in-force'});
  const history = element('div', {class: 'past'});
  const trouble = element('p', {class: 'problem', role: 'alert'});
  place.append(trouble, state);
  let stopped = false;
  let timer = null;
  let newest = 0;
  let shown = '';
  let revisions = [];
  let known = null;

  async function look() {
    clearTimeout(timer);
    const asked = ++newest;
    try {
      const running = await get('/api/routes');
      const others = running.revision !== known;
      const page = others ? await get('/api/routes/revisions') : null;
      const files = others ? await get('/api/routes/files') : null;
      if (stopped || asked !== newest) {
        return;
      }
      if (others && files.revision === running.revision) {
        known = running.revision;
        revisions = page.revisions;
        drawHistory(running, page.next);
      }
      trouble.textContent = running.trouble ? `⚠ ${running.trouble}` : '';
      if (JSON.stringify([running, known]) !== shown) {
        shown = JSON.stringify([running, known]);
        state.replaceChildren(inForce(running, revisions));
      }
      if (known === running.revision) {
        changed(running, revisions, others ? files : null);
      }
    } catch (e) {
      if (stopped || asked !== newest) {
        return;
      }
      if (isSignedOut(e)) {
        out();
        return;
      }
      trouble.textContent = inWords(e);
    }
    timer = setTimeout(look, LOOK_EVERY);
  }

  function drawHistory(running, next) {
    const more = next && element('button', {type: 'button', onclick: async () => {
      try {
        const page = await get(`/api/routes/revisions?after=${next}`);
        revisions = [...revisions, ...page.revisions];
        drawHistory(running, page.next);
      } catch (e) {
        trouble.textContent = inWords(e);
      }
    }}, say('older'));
    history.replaceChildren(element('h2', {}, say('history')), historyTable(revisions, running, goBack), more ?? '');
  }
  look();
  return {
    history,
    lookAgain() {
      known = null;
      look();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function inForce(running, revisions) {
  const by = origin(running.revision, revisions);
  const behind = running.hubs.filter(hub => hub.trouble || hub.revision !== running.revision);
  const resting = running.routes.filter(route => route.state === 'PAUSED').map(route => route.id);
  const fact = (word, ...value) => element('div', {}, element('dt', {}, say(word)), element('dd', {}, value.flat()));
  return element('dl', {class: 'facts'},
    fact('inForceNow', element('a', {href: revisionAddress(running.revision)}, revisionName(running.revision))),
    by && fact('inForceSince', moment(by.at)), by && fact('who', by.author), by && fact('reason', by.reason),
    fact('hubs', say('hubsRun', running.hubs.length - behind.length, running.hubs.length),
      behind.map(hub => element('p', {class: hub.trouble ? 'behind' : null},
        `${hub.trouble ? '⚠' : '…'} ${hub.hub}: ${revisionName(hub.revision)}`, hub.trouble ? ` · ${hub.trouble}` : ''))),
    resting.length > 0 ? fact('resting', `⏸ ${resting.join(', ')}`) : null);
}
