// The lifelines of the sequence diagram and an arrow between two of them, as SVG. Positions are percentages of the width:
// the drawing fills its column, and no text is stretched.

import {svg} from './dom.js';

/** The lifelines of the shipped routes, in the diagram's order. Others, of added routes, come after them. */
const KNOWN = ['商城', '支付', '订单', '咖啡师', '配送'];
export const ENGLISH = {商城: 'shop', 支付: 'payment', 订单: 'order', 咖啡师: 'barista', 配送: 'dispatch', 会员: 'loyalty'};

export function lifelinesOf(arrows) {
  const named = [...new Set(arrows.flatMap(arrow => [arrow.from, arrow.to ?? arrow.from]))];
  return [...KNOWN.filter(line => named.includes(line)), ...named.filter(line => !KNOWN.includes(line))];
}

export const place = (lifelines, line) => 100 * (lifelines.indexOf(line) + 0.5) / lifelines.length;

/** One row of the diagram. @param dashed whether the arrow is a pull */
export function strip(lifelines, from, to, dashed) {
  const start = place(lifelines, from);
  const end = place(lifelines, to ?? from);
  const right = end >= start;
  const picture = svg('svg', {class: 'strip', 'aria-hidden': 'true', focusable: 'false'},
    lifelines.map((line, i) => {
      const x = `${100 * (i + 0.5) / lifelines.length}%`;
      return svg('line', {class: 'lifeline', x1: x, x2: x, y1: '0', y2: '100%'});
    }),
    svg('line', {class: `shaft${dashed ? ' dashed' : ''}`, x1: `${start}%`, x2: `${end}%`, y1: '50%', y2: '50%'}),
    svg('svg', {x: `${end}%`, y: '50%', class: 'tip'},
      svg('path', {d: right ? 'M-9 -4.5 L-1 0 L-9 4.5 Z' : 'M9 -4.5 L1 0 L9 4.5 Z'})));
  picture.dataset.start = start;
  picture.dataset.end = end;
  return picture;
}

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Shows a message that passes along the arrow. */
export function light(picture) {
  if (calm.matches || picture.querySelector('.message')) {
    return;
  }
  const dot = svg('circle', {class: 'message', cx: `${picture.dataset.start}%`, cy: '50%', r: '4'});
  picture.append(dot);
  const done = () => dot.remove();
  dot.animate([{cx: `${picture.dataset.start}%`}, {cx: `${picture.dataset.end}%`}],
    {duration: 480, easing: 'ease-in-out', fill: 'forwards'}).finished.then(done, done);
}
