// The stream of the hub's live figures, in server-sent events. Read by fetch, because an EventSource can't send the token.

import {ask, Refused} from './api.js';

const STALE_AFTER = 3000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;

/**
 * Follows the stream, and connects again whenever it breaks.
 *
 * @param told  called with each update
 * @param state called twice a second with {stale, seconds}: whether the last update is too old, and its age
 * @param out   called when the hub refuses the token; the stream has ended then
 * @returns a function that ends the stream
 */
export function follow(told, state, out) {
  const stop = new AbortController();
  let heard = performance.now();
  let pause = FIRST_PAUSE;
  let reading = null;

  const watch = setInterval(() => {
    const silent = performance.now() - heard;
    state({stale: silent > STALE_AFTER, seconds: Math.round(silent / 1000)});
    // A connection can be lost without an error.
    if (silent > 4 * STALE_AFTER) {
      reading?.abort();
    }
  }, 500);
  stop.signal.addEventListener('abort', () => {
    clearInterval(watch);
    reading?.abort();
  });

  async function read() {
    reading = new AbortController();
    const response = await ask('/api/live', {signal: reading.signal});
    const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const {value, done} = await chunks.read();
      if (done) {
        return;
      }
      text += value;
      const events = text.split('\n\n');
      text = events.pop();
      for (const event of events) {
        const data = event.split('\n').filter(line => line.startsWith('data: ')).map(line => line.slice(6)).join('\n');
        if (data && !stop.signal.aborted) {
          heard = performance.now();
          pause = FIRST_PAUSE;
          told(JSON.parse(data));
        }
      }
    }
  }

  async function keepReading() {
    while (!stop.signal.aborted) {
      try {
        await read();
      } catch (e) {
        if (e instanceof Refused && (e.status === 401 || e.status === 403)) {
          stop.abort();
          out();
          return;
        }
      }
      await new Promise(go => setTimeout(go, pause));
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }
  keepReading();
  return () => stop.abort();
}
