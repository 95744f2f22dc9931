// The routes view: what is in force, its text to edit and check, and the history.

import * as changes from './editdraft.js';
import {draft} from './editdraft.js';
import {element} from './dom.js';
import {editorIn, loadEditor, mark, newText, placeOf, showText} from './yamleditor.js';
import {watch} from './routesinforce.js';
import {differencesList, findingsList, reportOn} from './editreport.js';
import {askToRollBack, origin, owedField, reasonField, revisionAddress, revisionName} from './revisions.js';
import {get, inWords, isSignedOut, post, Refused} from './api.js';
import {moment, say} from './i18n.js';

const TYPING_PAUSE = 400;
const PAUSE_WITHOUT_THE_HUB = 3000;

/** @param out signs out */
export function routesView(main, out) {
  const place = element('div', {}, element('p', {class: 'empty'}, say('loading')));
  main.append(element('h1', {}, say('routes')), place);
  let close = () => {};
  let stopped = false;

  Promise.all([loadEditor(), get('/api/me')]).then(([CodeMirror, me]) => {
    if (!stopped) {
      const may = me.roles.includes('deployer') ? 'apply' : me.roles.includes('operator') ? 'tune' : null;
      place.replaceChildren();
      close = may ? desk(place, CodeMirror, may, out) : readOnlyDesk(place, CodeMirror, out);
    }
  }, e => {
    if (!stopped && isSignedOut(e)) {
      out();
    } else if (!stopped) {
      place.replaceChildren(element('p', {class: 'problem', role: 'alert'}, inWords(e)));
    }
  });
  return () => {
    stopped = true;
    close();
  };
}

/** For a viewer: the texts, read only. */
function readOnlyDesk(place, CodeMirror, out) {
  const texts = element('div');
  const seen = watch(place, null, out, (running, revisions, files) => {
    if (files) {
      texts.replaceChildren();
      files.files.forEach(file => showText(CodeMirror, texts, file, 'how'));
    }
  });
  place.append(element('p', {id: 'how', class: 'hint'}, say('onlyLook')), texts, seen.history);
  return seen.stop;
}

/** For a deployer or an operator: the editor with its checks. @param may what the user may do: 'apply' or 'tune' */
function desk(place, CodeMirror, may, out) {
  const make = text => newText(CodeMirror, text);
  const said = element('p', {class: 'said', role: 'status', tabindex: -1});
  const conflict = element('div', {class: 'overtaken', role: 'alert'});
  const tabs = element('div', {class: 'files', role: 'group', 'aria-label': say('files')});
  const box = element('div', {class: 'editor'});
  const verdict = element('p', {class: 'verdict', role: 'status'});
  const findings = element('div');
  const meaning = element('div', {class: 'consequences'});
  const cant = element('span', {id: 'cant', class: 'hint'});
  const act = element('button', {type: 'submit', 'aria-describedby': 'cant'}, say(may));
  let active = null;
  let running = null;
  let revisions = [];
  let latest = null;
  let report = null;
  let isChecked = false;
  let unheard = null;
  let isBusy = false;
  let typed = 0;
  let timer = null;
  let isAsking = false;
  let stopped = false;

  const inForceNow = watch(place, may === 'apply' ? number => askToRollBack(number, () => {
    said.textContent = `✔ ${say('rolledBack')}`;
    said.focus();
    inForceNow.lookAgain();
  }) : null, out, (now, past, files) => {
    [running, revisions, latest] = [now, past, files ?? latest];
    if (draft.base === null || (latest.revision !== draft.base && !changes.isAnyChanged())) {
      begin();
    } else if (files) {
      // The draft is compared with what runs, which has changed.
      edited();
    } else {
      draw();
    }
  });
  const reason = reasonField('reason', draft.reason, event => {
    draft.reason = event.target.value;
  });
  const owed = owedField('owed');
  const form = element('form', {class: 'apply', onsubmit: event => {
    event.preventDefault();
    apply();
  }}, element('h2', {}, say(may)), may === 'tune' ? element('p', {class: 'hint'}, say('tuneIs')) : null, reason, owed.field,
  element('div', {class: 'acts'}, act, element('button', {type: 'button', onclick: () => {
    changes.drop();
    draft.reason = reason[1].value = '';
    edited();
    open(active);
  }}, say('drop'))), cant);
  place.append(said, conflict, element('div', {class: 'editing'},
    element('section', {'aria-label': say('routeText')}, tabs, box, element('p', {id: 'how', class: 'hint'}, say('howToEdit'))),
    element('section', {'aria-label': say('check')}, element('h2', {}, say('check')), verdict, findings, meaning, form)),
  inForceNow.history);
  const editor = editorIn(CodeMirror, box, false, 'how');
  editor.on('changes', () => edited());
  if (draft.base !== null) {
    edited();
    open(null);
  }

  function begin() {
    changes.follow(make, latest);
    edited();
    open(active);
  }

  function open(name) {
    active = name !== null && changes.textOf(name) ? name : changes.names()[0] ?? null;
    editor.swapDoc(active === null ? make('') : changes.textOf(active));
    editor.setOption('readOnly', active === null || changes.isOut(active));
    draw();
  }

  /** Invalidates the last check and starts another after a pause. */
  function edited() {
    typed++;
    isChecked = false;
    unheard = null;
    clearTimeout(timer);
    timer = setTimeout(check, changes.isAnyChanged() ? TYPING_PAUSE : 0);
    draw();
  }

  async function check() {
    if (isAsking || stopped) {
      return;
    }
    const asked = typed;
    let found = null;
    let failure = null;
    if (changes.isAnyChanged()) {
      isAsking = true;
      try {
        found = await reportOn(changes.edit());
      } catch (e) {
        failure = e;
      }
      isAsking = false;
    }
    if (stopped) {
      return;
    }
    if (asked !== typed) {
      check();
      return;
    }
    if (isSignedOut(failure)) {
      out();
      return;
    }
    report = found;
    isChecked = failure === null;
    unheard = failure && inWords(failure);
    changes.names().forEach(name => mark(changes.textOf(name), report?.findings.filter(each => each.file === name) ?? []));
    findings.replaceChildren(report?.findings.length ? findingsList(report.findings, jump) : '');
    meaning.replaceChildren(...(report?.passed ? [element('h2', {}, say('whatWouldChange')),
      ...differencesList(report.differences, report.tried)].filter(Boolean) : []));
    draw();
    if (failure && !(failure instanceof Refused && failure.status < 500 && failure.status !== 429)) {
      timer = setTimeout(check, PAUSE_WITHOUT_THE_HUB);
    }
  }

  function jump(finding) {
    if (changes.textOf(finding.file)) {
      open(finding.file);
      editor.focus();
      editor.setCursor(placeOf(changes.textOf(finding.file), finding));
      editor.scrollIntoView(null, 80);
    }
  }

  function isOvertaken() {
    return running !== null && running.revision !== draft.base && changes.isAnyChanged();
  }

  function draw() {
    const isChanged = changes.isAnyChanged();
    const errors = report?.findings.filter(each => each.severity === 'ERROR').length ?? 0;
    const words = !isChanged ? say('nothingChanged') : !isChecked ? unheard ?? say('checking')
      : report.passed ? `✔ ${say('passed')}` : `✖ ${say('refused', errors)}`;
    // A screen reader reads it out whenever it is set.
    if (verdict.textContent !== words) {
      verdict.textContent = words;
    }
    verdict.dataset.state = !isChanged || !isChecked ? '' : report.passed ? 'passed' : 'refused';
    form.hidden = !isChanged;
    act.disabled = !isChecked || !report?.passed || isOvertaken() || isBusy;
    cant.textContent = isOvertaken() ? say('firstDecide') : isChecked && report && !report.passed ? say('firstMend') : '';
    drawConflict();
    drawFiles();
  }

  function drawConflict() {
    const shown = isOvertaken() ? String(running.revision) : '';
    if (conflict.dataset.revision === shown) {
      return;
    }
    conflict.dataset.revision = shown;
    const by = shown && origin(running.revision, revisions);
    conflict.replaceChildren(...(shown ? [element('div', {class: 'conflict'},
      element('p', {}, element('strong', {},
        `⚠ ${say('overtaken', revisionName(running.revision), revisionName(draft.base))}`)),
      by ? element('p', {}, `${by.author}, ${moment(by.at)}: ${by.reason}`) : null,
      element('p', {}, say('overtakenAct'), ' ', element('a', {href: revisionAddress(by ? by.number : running.revision)},
        say('lookAtTheirs'))),
      element('div', {class: 'acts'},
        element('button', {type: 'button', class: 'keep', onclick: begin}, say('keepMine')),
        element('button', {type: 'button', class: 'theirs', onclick: () => {
          changes.drop();
          begin();
        }}, say('takeTheirs'))))] : []));
  }

  function drawFiles() {
    const files = changes.names();
    const state = JSON.stringify([active, files.map(name => [name, changes.isChanged(name), changes.isOut(name)])]);
    if (tabs.dataset.state === state) {
      return;
    }
    tabs.dataset.state = state;
    tabs.replaceChildren(...files.map(name => element('button', {type: 'button', 'aria-pressed': String(name === active),
      'data-file': name, class: changes.isOut(name) ? 'out' : null, onclick: () => open(name)}, name,
    changes.isChanged(name) ? element('span', {class: 'changed'},
      ` ● ${say(changes.isOut(name) ? 'goes' : 'changed')}`) : null)),
    ...fileActs());
  }

  function fileActs() {
    if (active !== null && changes.isOut(active)) {
      return [element('button', {type: 'button', class: 'quiet', onclick: () => putOrTake(changes.putBack)}, say('putBack'))];
    }
    const input = element('input', {id: 'new-file', required: true, pattern: '[a-z0-9][a-z0-9\\-]{0,59}\\.yaml',
      placeholder: 'loyalty.yaml', title: say('fileName'), autocomplete: 'off', spellcheck: 'false'});
    return [changes.names().length > 1 ? element('button', {type: 'button', class: 'quiet',
      onclick: () => putOrTake(changes.takeOut)}, say('takeOut')) : null,
    element('details', {class: 'add'}, element('summary', {}, say('addFile')), element('form', {onsubmit: event => {
      event.preventDefault();
      if (!changes.textOf(input.value)) {
        changes.add(make, input.value);
      }
      edited();
      open(input.value);
      editor.focus();
    }}, element('label', {for: 'new-file'}, say('fileName')), input, element('button', {type: 'submit'}, say('addFile'))))]
      .filter(Boolean);
  }

  function putOrTake(how) {
    how(active);
    edited();
    open(active);
    tabs.querySelector('[aria-pressed=true]')?.focus();
  }

  async function apply() {
    if (act.disabled) {
      return;
    }
    isBusy = true;
    said.textContent = say('applying');
    draw();
    const sent = changes.edit();
    try {
      const {revision} = await post(`/api/routes/${may}`, {...sent, reason: draft.reason, base: draft.base, owed: owed.value()});
      owed.heard(null);
      changes.applied(revision, sent);
      // Unknown until the next poll.
      running = null;
      reason[1].value = '';
      said.textContent = `✔ ${say('applied', revisionName(revision))}`;
    } catch (e) {
      owed.heard(e);
      // Without an answer it may have been applied all the same.
      said.textContent = `✖ ${inWords(e)}${e instanceof Refused && e.status < 500 ? '' : ` ${say('maybeApplied')}`}`;
    }
    isBusy = false;
    if (!stopped) {
      said.focus();
      edited();
      open(active);
      inForceNow.lookAgain();
    }
  }

  return () => {
    stopped = true;
    clearTimeout(timer);
    inForceNow.stop();
    // A document can be in one editor only; the next view opens it in another.
    editor.swapDoc(make(''));
  };
}
