// The editor of route files: CodeMirror from its webjar, loaded when a text is first shown.

import {atHub} from './urls.js';
import {element} from './dom.js';
import {say} from './i18n.js';

/** The version has to be that of the webjar in pom.xml. */
const CODEMIRROR = atHub('/webjars/codemirror/5.65.21');

let loading = null;

/** @returns a promise of CodeMirror; when it can't be loaded, the promise is rejected and the next call tries again */
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

/** @param describedBy id of the element with the instructions, for screen readers */
export function editorIn(CodeMirror, place, readOnly, describedBy) {
  const editor = CodeMirror(place, {
    value: newText(CodeMirror, ''), readOnly, lineNumbers: true, lineWrapping: true, indentUnit: 2, tabSize: 2,
    gutters: ['findings', 'CodeMirror-linenumbers'], screenReaderLabel: say('routeText'),
    // All lines are in the document, for screen readers and the browser's own search.
    inputStyle: 'contenteditable', viewportMargin: Infinity,
    // Tab leaves the editor, for users without a mouse. YAML is indented by spaces anyway.
    extraKeys: {'Tab': false, 'Shift-Tab': false},
  });
  const input = editor.getInputField();
  Object.entries({'role': 'textbox', 'aria-multiline': 'true', 'aria-readonly': String(readOnly),
    'aria-describedby': describedBy}).forEach(([name, value]) => input.setAttribute(name, value));
  return editor;
}

/** Shows a file, read only. */
export function showText(CodeMirror, place, file, describedBy) {
  const box = element('div', {class: 'editor', 'data-file': file.name});
  place.append(element('h2', {}, file.name), box);
  editorIn(CodeMirror, box, true, describedBy).swapDoc(newText(CodeMirror, file.text));
}

/** Marks the places of findings. @param text the document of the file that they are about */
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

/** The hub counts code points from 1, CodeMirror UTF-16 units from 0. */
export function placeOf(text, finding) {
  const line = Math.min(Math.max(finding.line, 1), text.lineCount()) - 1;
  return {line, ch: [...text.getLine(line)].slice(0, Math.max(finding.column - 1, 0)).join('').length};
}
