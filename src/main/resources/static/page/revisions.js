// The revisions of the routes: their history, the view of one of them, and the rollback to one.

import {element} from './dom.js';
import {loadEditor, showText} from './yamleditor.js';
import {differencesList, findingsList, reportOn} from './editreport.js';
import {get, inWords, isSignedOut, post, Refused} from './api.js';
import {moment, name, say} from './i18n.js';

const LONGEST_REASON = 200;
const WORDS_IN_LIST = 2;

export const revisionName = number => number === 0 ? say('asShipped') : say('revision', number);
export const revisionAddress = number => `#/routes/${number}`;

/** The edit that put a revision in force; null when it is not among these. @param newest the newest revisions */
export function origin(number, newest) {
  return newest.find(each => each.applied && (number === 0 || each.number === number)) ?? null;
}

/** The field for the reason, which the hub requires. */
export function reasonField(id, value, oninput) {
  const input = element('input', {id, required: true, maxlength: LONGEST_REASON, autocomplete: 'off', oninput});
  input.value = value;
  return [element('label', {for: id}, say('reason')), input];
}

/** What becomes of orders owed over arrows that an edit removes: shown once the hub has refused the edit without it. */
export function owedField(id) {
  const choice = element('select', {id}, element('option', {value: ''}, '…'),
    element('option', {value: 'keep'}, say('owedKeep')), element('option', {value: 'drop'}, say('owedDrop')));
  const field = element('p', {hidden: true}, element('label', {for: id}, say('stillOwed')), ' ', choice);
  return {field, value: () => choice.value || null, heard: e => {
    field.hidden = !(e instanceof Refused && e.type.endsWith(':still-owed'));
    choice.value = '';
  }};
}

/**
 * @param running what the hub runs now
 * @param goBack  called with the number of a revision to roll back to; null when the user may not
 */
export function historyTable(revisions, running, goBack) {
  const row = revision => {
    const state = !revision.applied ? ['failed', `✖ ${say('notStarted')}`]
      : revision.number === running.revision ? ['applied', `● ${say('isInForce')}`] : ['stale', say('wasInForce')];
    return element('tr', {'data-revision': revision.number},
      element('th', {scope: 'row'}, element('a', {href: revisionAddress(revision.number)}, say('revision', revision.number))),
      element('td', {}, moment(revision.at)),
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

/** The edit that restores the files of a revision. */
async function editBackTo(number) {
  const [then, now] = await Promise.all([get(`/api/routes/files?revision=${number}`), get('/api/routes/files')]);
  return {files: then.files,
    remove: now.files.map(file => file.name).filter(file => !then.files.some(other => other.name === file))};
}

/** The dialog that shows what a rollback would change, asks for the reason, and rolls back. @param done called after it */
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
  editBackTo(number).then(reportOn).then(report => {
    confirm.disabled = !report.passed;
    what.replaceChildren(...(report.passed ? differencesList(report.differences, report.tried)
      : [findingsList(report.findings)]).filter(Boolean));
  }, e => {
    what.replaceChildren(element('p', {class: 'problem', role: 'alert'}, inWords(e)));
  });
}

/** The view of one revision: its author and reason, what it changed, and its text. */
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
      if (!stopped && isSignedOut(e)) {
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

const facts = revision => element('dl', {class: 'facts'}, [['at', moment(revision.at)], ['who', revision.author],
  ['act', name('acts', revision.act)], ['reason', revision.reason], ['madeFrom', revisionName(revision.base)],
  // The result of an applied one only says so.
  ...(revision.applied ? [] : [['outcome', revision.result]])].map(([word, value]) => element('div', {},
  element('dt', {}, say(word)), element('dd', {}, value))));
