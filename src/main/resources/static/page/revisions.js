// The edits that were made: who, when, why; one of them; and the way back.

import {element} from './dom.js';
import {loadEditor, showText} from './editor.js';
import {differencesList, findingsList} from './report.js';
import {get, post, Refused} from './session.js';
import {htmlLanguage, name, say} from './words.js';

const LONGEST_REASON = 200;
const WORDS_IN_LIST = 2;

export const when = instant => new Intl.DateTimeFormat(htmlLanguage(), {dateStyle: 'medium', timeStyle: 'medium',
  hourCycle: 'h23'}).format(new Date(instant));
export const revisionName = number => number === 0 ? say('asShipped') : say('revision', number);
export const revisionAddress = number => `#/routes/${number}`;

/** How it came to be in force; null when that is not known. @param newest the page of the newest revisions */
export function origin(number, newest) {
  return newest.find(each => each.applied && (number === 0 || each.number === number)) ?? null;
}

/** Asks why, as every act has to be given a reason. */
export function reasonField(id, value, oninput) {
  const input = element('input', {id, required: true, maxlength: LONGEST_REASON, autocomplete: 'off', oninput});
  input.value = value;
  return [element('label', {for: id}, say('reason')), input];
}

/** Asks what becomes of what is owed over arrows that an edit takes out; shown when the hub asks. */
export function owedField(id) {
  const choice = element('select', {id}, element('option', {value: ''}, '…'),
    element('option', {value: 'keep'}, say('owedKeep')), element('option', {value: 'drop'}, say('owedDrop')));
  const field = element('p', {hidden: true}, element('label', {for: id}, say('owed')), ' ', choice);
  return {field, value: () => choice.value || null, heard: e => {
    field.hidden = !(e instanceof Refused && e.type.endsWith(':still-owed'));
    choice.value = '';
  }};
}

export const inWords = e => e instanceof Refused ? e.message : say('hubAway');

/**
 * @param running what runs now
 * @param goBack  of a number, what to do to roll back to it; null where that isn't offered
 */
export function historyTable(revisions, running, goBack) {
  const row = revision => {
    const state = !revision.applied ? ['failed', `✖ ${say('notStarted')}`]
      : revision.number === running.revision ? ['applied', `● ${say('isInForce')}`] : ['stale', say('wasInForce')];
    return element('tr', {'data-revision': revision.number},
      element('th', {scope: 'row'}, element('a', {href: revisionAddress(revision.number)}, say('revision', revision.number))),
      element('td', {}, when(revision.at)),
      element('td', {}, `${revision.author} · ${name('acts', revision.act)}`),
      element('td', {class: 'reason'}, element('p', {}, revision.reason),
        revision.words.slice(0, WORDS_IN_LIST).map(words => element('p', {class: 'words'}, words.replaceAll('`', ''))),
        revision.words.length > WORDS_IN_LIST
          ? element('p', {class: 'words'}, say('andMore', revision.words.length - WORDS_IN_LIST)) : null),
      element('td', {}, element('span', {class: `mark ${state[0]}`}, state[1]),
        revision.applied ? null : element('p', {class: 'words'}, revision.result)),
      element('td', {}, goBack && revision.applied && revision.number !== running.revision
        ? backButton(revision.number, goBack) : null));
  };
  const shipped = element('tr', {'data-revision': 0},
    element('th', {scope: 'row'}, element('a', {href: revisionAddress(0)}, say('asShipped'))),
    element('td'), element('td'), element('td'),
    element('td', {}, running.revision === 0 ? element('span', {class: 'mark applied'}, `● ${say('isInForce')}`) : null),
    element('td', {}, goBack && running.revision !== 0 ? backButton(0, goBack) : null));
  return element('table', {class: 'history'}, element('caption', {class: 'unseen'}, say('history')),
    element('thead', {}, element('tr', {}, ['edit', 'at', 'who', 'reason', 'state'].map(word =>
      element('th', {scope: 'col'}, say(word))), element('td'))),
    element('tbody', {}, revisions.map(row), shipped));
}

const backButton = (number, goBack) => element('button', {type: 'button', class: 'back',
  'aria-label': say('rollBackTo', revisionName(number)), onclick: () => goBack(number)}, say('rollBack'));

/** The edit that makes the files what they were. */
async function editBackTo(number) {
  const [then, now] = await Promise.all([get(`/api/routes/files?revision=${number}`), get('/api/routes/files')]);
  return {files: then.files,
    remove: now.files.map(file => file.name).filter(file => !then.files.some(other => other.name === file))};
}

/** Says what rolling back would change, asks why, and does it. @param done is told when it is in force */
export function askToRollBack(number, done) {
  const what = element('div', {class: 'consequences'}, element('p', {class: 'empty'}, say('checking')));
  const problem = element('p', {class: 'problem', role: 'alert'});
  const [label, input] = reasonField('back-reason', '', null);
  const owed = owedField('back-owed');
  const confirm = element('button', {type: 'submit', disabled: true}, say('rollBack'));
  const dialog = element('dialog', {class: 'ask', 'aria-labelledby': 'back-title'},
    element('h2', {id: 'back-title'}, say('rollBackTo', revisionName(number))),
    element('p', {}, say('whatWouldChange')), what,
    element('form', {onsubmit: async event => {
      event.preventDefault();
      confirm.disabled = true;
      problem.textContent = '';
      try {
        await post(`/api/routes/revisions/${number}/rollback`, {reason: input.value, owed: owed.value()});
        dialog.close();
        done();
      } catch (e) {
        problem.textContent = inWords(e);
        owed.heard(e);
        confirm.disabled = false;
      }
    }}, label, input, problem, owed.field, element('div', {class: 'acts'}, confirm,
      element('button', {type: 'button', onclick: () => dialog.close()}, say('leaveIt')))));
  dialog.addEventListener('close', () => dialog.remove());
  document.getElementById('main').append(dialog);
  dialog.showModal();
  editBackTo(number).then(edit => post('/api/routes/check', edit)).then(report => {
    confirm.disabled = !report.passed;
    what.replaceChildren(...(report.passed ? differencesList(report.differences, report.tried)
      : [findingsList(report.findings)]).filter(Boolean));
  }, e => {
    what.replaceChildren(element('p', {class: 'problem', role: 'alert'}, inWords(e)));
  });
}

/** One revision: what it was, what it changed, its text. */
export function revisionView(main, number, out) {
  const body = element('div', {}, element('p', {class: 'empty'}, say('loading')));
  main.append(element('p', {}, element('a', {href: '#/routes'}, `← ${say('routes')}`)),
    element('h1', {}, revisionName(number)), body);
  let stopped = false;

  async function look() {
    try {
      const [CodeMirror, me, running, {files}, whole] = await Promise.all([loadEditor(), get('/api/me'), get('/api/routes'),
        get(`/api/routes/files?revision=${number}`), number === 0 ? null : get(`/api/routes/revisions/${number}`)]);
      if (!stopped) {
        draw(CodeMirror, me, running, files, whole);
      }
    } catch (e) {
      if (!stopped && e instanceof Refused && e.status === 401) {
        out();
      } else if (!stopped) {
        body.replaceChildren(element('p', {class: 'problem', role: 'alert'}, inWords(e)));
      }
    }
  }

  function draw(CodeMirror, me, running, files, whole) {
    const offered = me.roles.includes('deployer') && number !== running.revision && (whole === null || whole.revision.applied);
    body.replaceChildren(...[whole ? facts(whole.revision) : null,
      number === running.revision ? element('p', {}, element('span', {class: 'mark applied'}, `● ${say('isInForce')}`)) : null,
      offered ? element('p', {}, backButton(number, () => askToRollBack(number, () => {
        location.hash = '#/routes';
      }))) : null,
      ...(whole ? [element('h2', {}, say('whatChanged')), ...differencesList(whole.differences, whole.tried)] : []),
      element('p', {id: 'old-text', class: 'hint'}, say('oldText'))].filter(Boolean));
    files.forEach(file => showText(CodeMirror, body, file, 'old-text'));
  }
  look();
  return () => {
    stopped = true;
  };
}

const facts = revision => element('dl', {class: 'facts'}, [['at', when(revision.at)], ['who', revision.author],
  ['act', name('acts', revision.act)], ['reason', revision.reason], ['madeFrom', revisionName(revision.base)],
  // Of one that was applied it says no more than that it was, at that time.
  ...(revision.applied ? [] : [['outcome', revision.result]])].map(([word, value]) => element('div', {},
  element('dt', {}, say(word)), element('dd', {}, value))));
