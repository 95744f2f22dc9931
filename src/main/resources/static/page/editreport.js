// The hub's report on an edit: its findings, and what the edit changes in each route.

import {post} from './api.js';
import {element} from './dom.js';
import {isEnglish, name, number, say} from './i18n.js';

const MOST_WORDS = 40;

/** The report on an edit, in the language of the page. */
export const reportOn = edit => post(`/api/routes/check?language=${isEnglish() ? 'en' : 'zh'}`, edit);

/** @param jump called with the finding that was clicked; undefined where its text is not shown */
export function findingsList(findings, jump) {
  return element('ul', {class: 'findings'}, findings.map(finding => {
    const where = finding.line > 0 ? `${finding.file} ${finding.line}:${finding.column}` : finding.file;
    const said = [element('span', {class: `mark ${finding.severity === 'ERROR' ? 'failed' : ''}`},
      finding.severity === 'ERROR' ? `✖ ${say('error')}` : `ℹ ${say('note')}`), ' ', element('code', {}, where), ' ',
    element('span', {class: 'what'}, say('finding', finding.problem, finding.change))];
    return element('li', {}, jump
      ? element('button', {type: 'button', class: 'finding', onclick: () => jump(finding)}, said) : said);
  }));
}

/** What changes, route by route: in words, line by line, and the dry run with a sample. */
export function differencesList(differences, tried) {
  const touched = differences.filter(difference => difference.kind !== 'UNTOUCHED');
  const rest = differences.length - touched.length;
  return [touched.length === 0 ? element('p', {class: 'empty'}, say('noRouteChanges'))
    : element('ul', {class: 'differences'}, touched.map(difference => element('li', {'data-route': difference.route},
      element('p', {}, element('span', {class: `mark ${difference.kind.toLowerCase()}`}, name('kinds', difference.kind)),
        ' ', element('code', {}, difference.route)),
      difference.words.slice(0, MOST_WORDS).map(words => element('p', {class: 'meaning'}, plain(words))),
      lines(difference), sample(tried.find(each => each.route === difference.route))))),
  rest > 0 && touched.length > 0 ? element('p', {class: 'empty'}, say('untouched', number(rest))) : null];
}

/** The hub sets names in `…`. */
const plain = words => words.split(/(`[^`]*`)/).map(part =>
  /^`.*`$/.test(part) ? element('code', {}, part.slice(1, -1)) : part);

function lines(difference) {
  return element('details', {}, element('summary', {}, say('lines')),
    element('pre', {class: 'diff', tabindex: 0, 'aria-label': say('linesOf', difference.route)},
      difference.lines.map(line => element('span', {class: line.startsWith('+') ? 'plus' : line.startsWith('-') ? 'minus'
        : line.startsWith('@@') ? 'place' : null}, `${line}\n`))));
}

function sample(outcome) {
  return outcome ? element('details', {}, element('summary', {}, say('tried')),
    outcome.failure ? element('p', {class: 'problem'}, outcome.failure) : null,
    element('ol', {}, outcome.steps.map(step => element('li', {}, step)))) : null;
}
