// A line chart, drawn by uPlot, and below it a table of the same figures: its legend, and what a screen reader reads.

import {atHub} from './urls.js';
import {element, svg} from './dom.js';
import {clock, htmlLanguage, say} from './i18n.js';

/** The version has to be that of the webjar in pom.xml. */
const UPLOT = atHub('/webjars/uplot/1.6.30/dist');

const HEIGHT = 190;
const SHORTEST_SECONDS = 120;
const COLOURS = 8;
/** Dash patterns, so that lines can be told apart without colour. */
const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];

/** Values below 10 with two decimals: a small shop has a few tenths of an order per second. */
const figure = value => new Intl.NumberFormat(htmlLanguage(), {maximumFractionDigits: value < 10 ? 2 : 0}).format(value);

let loading = null;

/** @returns a promise of uPlot; when it can't be loaded, the promise is rejected and the next call tries again */
export function loadPlot() {
  loading ??= Promise.all([import(`${UPLOT}/uPlot.esm.js`), styled(`${UPLOT}/uPlot.min.css`), styled(atHub('/page/trends.css'))])
    .then(([module]) => module.default, failure => {
      loading = null;
      throw failure;
    });
  return loading;
}

const styled = href => new Promise((done, failed) => document.head.append(element('link', {rel: 'stylesheet', href, onload: done,
  onerror: () => failed(new TypeError(`${href} can't be loaded`))})));

/** @param title the key of its title in the words of the page */
export function chart(title) {
  const picture = element('div', {class: 'plot', 'aria-hidden': 'true'});
  const figures = element('div', {class: 'lines'});
  const section = element('section', {class: 'chart', 'data-chart': title, 'aria-labelledby': `chart-${title}`},
    element('h2', {id: `chart-${title}`}, say(title)), picture, figures);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const sized = new ResizeObserver(() => plot?.setSize({width: picture.clientWidth, height: HEIGHT}));
  let plot = null;
  let drawn = '';
  let last = null;

  function show(Plot, seconds, lines) {
    last = [Plot, seconds, lines];
    const shape = JSON.stringify([lines.map(([name]) => name), dark.matches]);
    if (shape !== drawn) {
      drawn = shape;
      plot?.destroy();
      picture.replaceChildren();
      plot = lines.length === 0 ? null : new Plot(options(picture, lines, () => last[1], tell), null, picture);
      sized.observe(picture);
    }
    picture.hidden = lines.length === 0;
    plot?.setData([seconds, ...lines.map(([, values]) => values)]);
    tell(null);
  }

  /** @param at index of the point whose figures the table shows; null for the newest */
  function tell(at) {
    const [, seconds, lines] = last;
    const point = at ?? seconds.length - 1;
    figures.replaceChildren(lines.length === 0 ? element('p', {class: 'empty'}, say(`${title}None`))
      : element('table', {}, element('caption', {class: 'unseen'}, say(title)),
        element('thead', {}, element('tr', {}, element('td'), element('th', {scope: 'col'}, at === null ? say('newest')
          : clock(seconds[point] * 1000)), element('th', {scope: 'col'}, say('mean')), element('th', {scope: 'col'}, say('highest')))),
        element('tbody', {}, lines.map(([name, values], i) => line(name, values, i, point)))));
  }

  const recolour = () => last && show(...last);
  dark.addEventListener('change', recolour);
  return {element: section, show, close() {
    dark.removeEventListener('change', recolour);
    sized.disconnect();
    plot?.destroy();
  }};
}

function line(name, values, i, point) {
  const known = values.filter(value => value !== null);
  const cell = value => element('td', {}, value === null || value === undefined ? '–' : figure(value));
  return element('tr', {},
    element('th', {scope: 'row'}, svg('svg', {class: `sample line-${i % COLOURS}`, viewBox: '0 0 26 8', 'aria-hidden': 'true'},
      svg('line', {x1: 0, x2: 26, y1: 4, y2: 4, 'stroke-dasharray': DASHES[i % DASHES.length].join(' ') || null})), name),
    cell(values[point]), cell(known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null),
    cell(known.length ? Math.max(...known) : null));
}

/** The value of a CSS variable at an element: a canvas can't use the variables themselves. */
function colour(place, variable) {
  const probe = element('span');
  probe.style.color = `var(${variable})`;
  place.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

/** Indices of the values without a neighbour. No line is drawn to them, so they need a mark to be seen at all. */
function alone(values) {
  const known = i => values[i] !== null && values[i] !== undefined;
  return [...values.keys()].filter(i => known(i) && !known(i - 1) && !known(i + 1));
}

/**
 * @param seconds returns the times of the points, in seconds
 * @param pointed is called with the index of the point under the cursor; null for none
 */
function options(picture, lines, seconds, pointed) {
  const ground = colour(picture, '--card');
  const quiet = colour(picture, '--quiet');
  const faint = colour(picture, '--line');
  const axis = {stroke: quiet, grid: {stroke: faint, width: 1}, ticks: {stroke: faint, width: 1},
    font: '12px system-ui, sans-serif'};
  const minutes = new Intl.DateTimeFormat(htmlLanguage(), {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
  return {
    width: picture.clientWidth || HEIGHT, height: HEIGHT, legend: {show: false}, cursor: {y: false, drag: {setScale: false}},
    scales: {
      x: {range: () => [Math.min(seconds()[0], seconds().at(-1) - SHORTEST_SECONDS), seconds().at(-1)]},
      y: {range: (u, lowest, highest) => [0, highest > 0 ? 1.1 * highest : 1]},
    },
    axes: [{...axis, size: 30, values: (u, splits, i, space, apart) => splits.map(second => apart < 60 ? clock(second * 1000)
      : minutes.format(second * 1000))},
      {...axis, size: 58, values: (u, splits) => splits.map(figure)}],
    series: [{}, ...lines.map(([name], i) => ({label: name, stroke: colour(picture, `--line-${i % COLOURS}`), width: 1.8,
      dash: DASHES[i % DASHES.length], points: {fill: ground, filter: (u, line, all) => all ? null : alone(u.data[line])}}))],
    hooks: {setCursor: [u => pointed(u.cursor.idx ?? null)]},
  };
}
