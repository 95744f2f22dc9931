// The trends view: the last hour in four charts.

import {chart, loadPlot} from './chart.js';
import {element} from './dom.js';
import {get, inWords, isSignedOut} from './api.js';
import {clock, say} from './i18n.js';

const EVERY = 10_000;
const POINT_SECONDS = 10;

export function trendsView(main, out) {
  const said = element('p', {class: 'empty', role: 'status'}, say('loading'));
  const place = element('div', {class: 'trends'});
  main.append(element('h1', {}, say('trends')), element('p', {class: 'hint'}, say('trendsAre')), said, place);
  const charts = ['orderRate', 'callbackP99', 'owedByArrow', 'repairedByArrow'].map(title => chart(title));
  let timer = null;
  let stopped = false;

  async function look() {
    clearTimeout(timer);
    try {
      const [Plot, trends] = await Promise.all([loadPlot(), get('/api/trends')]);
      if (stopped) {
        return;
      }
      draw(Plot, trends);
    } catch (e) {
      if (stopped) {
        return;
      }
      if (isSignedOut(e)) {
        out();
        return;
      }
      said.className = 'problem';
      said.textContent = inWords(e);
    }
    timer = setTimeout(look, EVERY);
  }

  function draw(Plot, trends) {
    const {at} = trends;
    said.className = 'empty';
    tellAnew(said, at.length === 0 ? say('noPointYet') : say('asOf', clock(at[at.length - 1])));
    if (at.length === 0) {
      place.replaceChildren();
      return;
    }
    if (place.childElementCount === 0) {
      place.append(...charts.map(one => one.element));
    }
    const seconds = at.map(instant => Date.parse(instant) / 1000);
    columns(trends).forEach((series, i) => charts[i].show(Plot, seconds, series));
  }

  const seen = () => {
    clearTimeout(timer);
    if (!document.hidden) {
      look();
    }
  };
  document.addEventListener('visibilitychange', seen);
  look();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
    charts.forEach(one => one.close());
  };
}

/** Sets a status only when it differs: a screen reader may read out each change. */
function tellAnew(place, text) {
  if (place.textContent !== text) {
    place.textContent = text;
  }
}

/** The lines of each chart, as [name, values]. */
function columns({seconds, confirmed, settled, callbackP99Millis, owed, repaired}) {
  const perSecond = (counts, times) => counts.map((count, i) => times * count / seconds[i]);
  return [
    [[say('confirmed'), perSecond(confirmed, 1)], [say('settled'), perSecond(settled, 1)]],
    [[say('callbackP99'), callbackP99Millis]],
    Object.entries(owed).filter(([, orders]) => orders.some(count => count > 0)),
    Object.entries(repaired).map(([arrow, orders]) => [arrow, perSecond(orders, POINT_SECONDS)]),
  ];
}
