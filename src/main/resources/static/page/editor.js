// The editor of route files: CodeMirror from its webjar, loaded when a text is first looked at.

import {atHub} from './addresses.js';
import {element} from './dom.js';
import {say} from './words.js';

/** The version is pom.xml's. */
const CODEMIRROR = atHub('/webjars/codemirror/5.65.21');

let loading = null;

/** @returns CodeMirror; rejected when it can't be had, and tried again the next time */
export function loadEditor() {
  loading ??= Promise.all([
    part('link', {rel: 'stylesheet', href: `${CODEMIRROR}/lib/codemirror.css`}),
    part('link', {rel: 'stylesheet', href: atHub('/page/routes.css')}),
    part('script', {src: `${CODEMIRROR}/lib/codemirror.js`})
      .then(() => part('script', {src: `${CODEMIRROR}/mode/yaml/yaml.js`})),
  ]).then(() => window.CodeMirror, failure => {
    loading = null;
    throw failure;
  });
  return loading;
}

function part(name, attributes) {
  return new Promise((done, failed) => document.head.append(element(name, {...attributes, onload: done,
    onerror: () => failed(new TypeError(`${attributes.src ?? attributes.href} can't be loaded`))})));
}

export const newText = (CodeMirror, text) => new CodeMirror.Doc(text, 'yaml');

/** @param describedBy the id of what tells how to use it */
export function editorIn(CodeMirror, place, readOnly, describedBy) {
  const editor = CodeMirror(place, {
    value: newText(CodeMirror, ''), readOnly, lineNumbers: true, lineWrapping: true, indentUnit: 2, tabSize: 2,
    gutters: ['findings', 'CodeMirror-linenumbers'], screenReaderLabel: say('routeText'),
    // A screen reader and the browser's own search are to find all of it.
    inputStyle: 'contenteditable', viewportMargin: Infinity,
    // Who has no mouse must be able to leave; YAML has no use for tabs anyway.
    extraKeys: {'Tab': false, 'Shift-Tab': false},
  });
  const input = editor.getInputField();
  Object.entries({'role': 'textbox', 'aria-multiline': 'true', 'aria-readonly': String(readOnly),
    'aria-describedby': describedBy}).forEach(([name, value]) => input.setAttribute(name, value));
  return editor;
}

/** A file to look at only. */
export function showText(CodeMirror, place, file, describedBy) {
  const box = element('div', {class: 'editor', 'data-file': file.name});
  place.append(element('h2', {}, file.name), box);
  editorIn(CodeMirror, box, true, describedBy).swapDoc(newText(CodeMirror, file.text));
}

/** Shows where each finding is. @param text of the file that they are about */
export function mark(text, findings) {
  text.getAllMarks().forEach(old => old.clear());
  text.clearGutter('findings');
  findings.filter(finding => finding.line > 0 && finding.line <= text.lineCount()).forEach(finding => {
    const from = placeOf(text, finding);
    const kind = finding.severity === 'ERROR' ? 'error' : 'note';
    const end = text.getLine(from.line).length;
    text.markText(from.ch < end ? from : {line: from.line, ch: 0}, {line: from.line, ch: end},
      {className: `finding-${kind}`, attributes: {title: finding.problem}});
    text.setGutterMarker(from.line, 'findings', element('span', {class: `finding-sign ${kind}`, title: finding.problem},
      kind === 'error' ? '✖' : 'ℹ'));
  });
}

/** The hub counts characters from 1 on, CodeMirror their halves from 0 on. */
export function placeOf(text, finding) {
  const line = Math.min(Math.max(finding.line, 1), text.lineCount()) - 1;
  return {line, ch: [...text.getLine(line)].slice(0, Math.max(finding.column - 1, 0)).join('').length};
}
