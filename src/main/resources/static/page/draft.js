// The route files as somebody is changing them. Kept while the page is open, whichever view or language is looked at.

/** By name: the text, what stood there when it was begun (null for a file that is new), and whether it is to go. */
const files = new Map();

export const draft = {
  /** The revision that it is made from; null before it is begun. */
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

/** As the hub wants to have it. */
export function edit() {
  const changed = names().filter(isChanged);
  return {
    files: changed.filter(name => !isOut(name)).map(name => ({name, text: textOf(name).getValue()})),
    remove: changed.filter(isOut),
  };
}

/**
 * Takes what is in force as what the draft is made from. What was changed stays as it is, and all else is theirs.
 *
 * @param make of a string, a text that can be edited
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

/** What was sent is in force; what was typed since is a change still. */
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

/** Back to what was in force when it was begun. */
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

/** A file that is not in force yet is gone; another goes when this is applied. */
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
