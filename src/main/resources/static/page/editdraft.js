// The edit of the route files that the user is working on. It is kept while the page is open, across views and languages.

/** By file name: its text, its text in the base revision (null for a new file), and whether the edit removes it. */
const files = new Map();

export const draft = {
  /** The revision that the edit is based on; null before there is one. */
  base: null,
  reason: '',
};

export const names = () => [...files.keys()];
export const textOf = name => files.get(name)?.text ?? null;
export const isOut = name => files.get(name)?.out ?? false;

export function isChanged(name) {
  const file = files.get(name);
  return file.out || file.then === null || file.text.getValue() !== file.then;
}

export const isAnyChanged = () => names().some(isChanged);

/** The body of a request for a check or an apply. */
export function edit() {
  const changed = names().filter(isChanged);
  return {
    files: changed.filter(name => !isOut(name)).map(name => ({name, text: textOf(name).getValue()})),
    remove: changed.filter(isOut),
  };
}

/**
 * Takes the revision in force as the new base. Files that the user has changed keep their text; the others take the
 * revision's.
 *
 * @param make makes the editor's document of a string
 */
export function follow(make, {revision, files: theirs}) {
  draft.base = revision;
  const changed = new Set(names().filter(isChanged));
  theirs.forEach(({name, text}) => {
    const made = make(text);
    const mine = files.get(name);
    if (!mine) {
      files.set(name, {text: made, then: made.getValue(), out: false});
      return;
    }
    mine.then = made.getValue();
    if (!changed.has(name)) {
      mine.text.setValue(mine.then);
    }
  });
  names().filter(name => !theirs.some(file => file.name === name)).forEach(name => {
    const mine = files.get(name);
    if (mine.out || !changed.has(name)) {
      files.delete(name);
    } else {
      mine.then = null;
    }
  });
}

/** The edit as sent is in force now. What was typed since then still counts as changed. */
export function applied(revision, sent) {
  draft.base = revision;
  draft.reason = '';
  sent.files.forEach(({name, text}) => {
    if (files.has(name)) {
      files.get(name).then = text;
    }
  });
  sent.remove.forEach(name => files.delete(name));
}

/** Takes back all changes. */
export function drop() {
  names().filter(isChanged).forEach(name => {
    const file = files.get(name);
    if (file.then === null) {
      files.delete(name);
      return;
    }
    file.out = false;
    file.text.setValue(file.then);
  });
}

export function add(make, name) {
  files.set(name, {text: make(''), then: null, out: false});
}

/** A new file is dropped at once; a file in force is removed when the edit is applied. */
export function takeOut(name) {
  const file = files.get(name);
  if (file.then === null) {
    files.delete(name);
  } else {
    file.out = true;
  }
}

export function putBack(name) {
  files.get(name).out = false;
}

addEventListener('beforeunload', event => {
  if (isAnyChanged()) {
    event.preventDefault();
  }
});
