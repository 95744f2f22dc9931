// The live view: the sequence diagram of the deployed routes, one row per arrow, with its figures.

import {element} from './dom.js';
import {get} from './api.js';
import {follow} from './livestream.js';
import {ENGLISH, lifelinesOf, light, strip} from './lifelines.js';
import {isEnglish, number, say} from './i18n.js';

const GROUPS = ['confirm', 'initiate', 'execute', 'cancel'];
const COLUMNS = ['rate', 'p99', 'owed', 'repaired', 'bad'];
/** Milliseconds. */
const LIT_FOR = 900;
/** Milliseconds: an edit may change an arrow's description and keep its id, which the stream does not show. */
const LOOK_AGAIN = 30_000;

export function liveView(main, connection, out) {
  const totals = element('dl', {class: 'totals'});
  const diagram = element('div', {class: 'diagram'}, element('p', {class: 'empty'}, say('loading')));
  main.append(element('h1', {class: 'unseen'}, say('live')), totals, diagram);

  let rows = new Map();
  let drawn = '';
  let before = null;
  let drawing = false;
  let lookedAt = 0;

  async function draw() {
    drawing = true;
    try {
      const {arrows} = await get('/api/arrows');
      lookedAt = performance.now();
      const shape = JSON.stringify(arrows.map(a => [a.id, a.group, a.from, a.to, a.description, a.pulls]));
      if (shape !== drawn) {
        drawn = shape;
        rows = new Map();
        diagram.replaceChildren(table(arrows, rows));
      }
    } catch {
      // The stream shows that the hub is away. The next update tries again.
      lookedAt = 0;
    } finally {
      drawing = false;
    }
  }

  function told(update) {
    const same = update.arrows.length === rows.size && update.arrows.every(arrow => rows.has(arrow.id));
    if (!drawing && (!same || performance.now() - lookedAt > LOOK_AGAIN)) {
      draw();
    }
    const earlier = new Map((before?.arrows ?? []).map(arrow => [arrow.id, arrow]));
    before = update;
    for (const arrow of update.arrows) {
      rows.get(arrow.id)?.show(arrow, earlier.get(arrow.id));
    }
    showTotals(totals, update);
  }

  draw();
  return follow(told, state => {
    diagram.classList.toggle('stale', state.stale);
    totals.classList.toggle('stale', state.stale);
    connection(state.stale ? 'stale' : before ? 'fresh' : 'connecting', state.seconds);
  }, out);
}

function showTotals(list, {totals}) {
  const figures = [['confirmed', totals.confirmed, 'thisHub'], ['settled', totals.settled, 'thisHub'],
    ['settledRate', totals.settledPerSecond, 'thisHub'], ['inFlight', totals.inFlight, 'wholeLedger'],
    ['lateNow', totals.late, 'wholeLedger'], ['parkedNow', totals.parked, 'wholeLedger']];
  list.replaceChildren(...figures.map(([word, value, whose]) => element('div',
    {class: value > 0 && (word === 'lateNow' || word === 'parkedNow') ? 'warned' : null},
    element('dt', {}, say(word), element('small', {}, say(whose))),
    element('dd', {'data-total': word}, value === null ? '–' : number(value)))));
}

/** A table, so that a screen reader reads the figures with their arrow. The roles keep it one where a narrow screen's style
 * displays it as blocks. */
function table(arrows, rows) {
  const lifelines = lifelinesOf(arrows);
  const heads = element('div', {class: 'heads'}, lifelines.map(line => element('span', {}, line,
    isEnglish() && ENGLISH[line] ? element('small', {}, ENGLISH[line]) : null)));
  return element('table', {role: 'table', class: 'arrows'},
    element('caption', {class: 'unseen'}, say('live')),
    element('thead', {role: 'rowgroup'}, element('tr', {role: 'row'},
      element('th', {role: 'columnheader', scope: 'col', class: 'what'}, say('arrow')),
      element('th', {role: 'columnheader', scope: 'col', class: 'path'}, heads),
      COLUMNS.map(column => element('th', {role: 'columnheader', scope: 'col', class: column, title: say(`${column}Is`)},
        say(column))))),
    GROUPS.map(group => {
      const members = arrows.filter(arrow => arrow.group === group);
      return members.length === 0 ? null : element('tbody', {role: 'rowgroup', class: 'group'},
        element('tr', {role: 'row', class: 'title'}, element('th', {role: 'rowheader', scope: 'rowgroup', colspan: 7},
          say(group))),
        halves(members).map(([arrow, half]) => {
          const row = arrowRow(arrow, half, lifelines);
          rows.set(arrow.id, row);
          return row.element;
        }));
    }));
}

/**
 * The diagram's alt fragments: each reaches from the first push that a pull makes up for to that pull.
 *
 * @returns the arrows, each with its half of the fragment; null for one outside
 */
function halves(arrows) {
  const half = arrows.map(() => null);
  arrows.forEach((arrow, pull) => {
    const first = arrows.findIndex(other => arrow.pulls.includes(other.id));
    if (first >= 0 && first < pull) {
      for (let i = first; i < pull; i++) {
        half[i] ??= arrows[i].pulls.length > 0 ? 'pull' : 'push';
      }
      half[pull] = 'pull';
    }
  });
  return arrows.map((arrow, i) => [arrow, half[i] === null ? null : {way: half[i],
    first: half[i - 1] == null || (half[i] === 'push' && half[i - 1] === 'pull'),
    last: half[i + 1] == null || (half[i] === 'pull' && half[i + 1] === 'push')}]);
}

/** Splits the description of an arrow, behind its two lifelines, into the diagram's words and their English gloss. */
export function meaning(arrow) {
  const text = arrow.description.replace(/^\S+\s*/, '');
  const [, words, gloss] = /^(.*?)(?:\s*\((.*)\))?$/.exec(text);
  return {words, gloss};
}

function arrowRow(arrow, half, lifelines) {
  const {words, gloss} = meaning(arrow);
  const picture = strip(lifelines, arrow.from, arrow.to, arrow.pulls.length > 0);
  const cells = Object.fromEntries(COLUMNS.map(column => [column, element('td', {role: 'cell', class: column,
    'data-label': say(column)}, '–')]));
  const row = element('tr', {role: 'row', class: half ? `alt ${half.way}${half.first ? ' first' : ''}${half.last ? ' last' : ''}`
    : null, 'data-arrow': arrow.id},
  element('th', {role: 'rowheader', scope: 'row', class: 'what', title: arrow.description},
    half ? element('span', {class: 'way'}, say(half.way)) : element('span', {class: 'way none'}),
    element('span', {class: 'name'}, element('code', {}, arrow.id), ' ',
      element('span', {class: 'words', lang: 'zh-CN'}, words),
      isEnglish() && gloss ? element('span', {class: 'gloss'}, gloss) : null)),
  element('td', {role: 'cell', class: 'path'}, picture, element('span', {class: 'unseen'}, `${arrow.from} → ${arrow.to ?? ''}`)),
  COLUMNS.map(column => cells[column]));
  let dark = null;

  function show(now, earlier) {
    const passed = earlier ? now.pushed + now.pulled - earlier.pushed - earlier.pulled : 0;
    if (passed > 0) {
      light(picture);
      row.classList.add('lit');
      clearTimeout(dark);
      dark = setTimeout(() => row.classList.remove('lit'), LIT_FOR);
    }
    row.dataset.messages = now.pushed + now.pulled;
    row.classList.toggle('failing', now.failing);
    put(cells.rate, now.perSecond);
    put(cells.p99, now.p99Millis > 100 ? Math.round(now.p99Millis) : now.p99Millis);
    const late = now.late ? element('span', {class: 'mark late'}, `⚠ ${say('lateN', number(now.late))}`) : null;
    put(cells.owed, now.owed, late);
    put(cells.repaired, arrow.pulls.length > 0 ? now.repaired : now.repaired || null);
    const bad = [now.failing ? element('span', {class: 'mark failing'}, `✖ ${say('failing')}`) : null,
      now.failed ? element('span', {class: 'mark failed'}, say('failedN', number(now.failed))) : null,
      now.parked ? element('span', {class: 'mark parked'}, `⚑ ${say('parkedN', number(now.parked))}`) : null]
      .filter(Boolean);
    cells.bad.replaceChildren(...(bad.length ? bad : ['–']));
    cells.bad.classList.toggle('nothing', bad.length === 0);
  }
  return {element: row, show};
}

function put(cell, value, beside) {
  const text = value === null || value === undefined ? '–' : number(value);
  cell.classList.toggle('nothing', text === '–' || text === '0');
  cell.replaceChildren(text, ...(beside ? [' ', beside] : []));
}
