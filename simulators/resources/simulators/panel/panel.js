// The panel: switches for faults, and counts of the orders from the journals of shop and neighbours.
//
//   mount(host, {language: "en"})  fills an element and keeps it up to date
//     .speak("zh")                 changes the language
//     .close()                     ends it and empties the element

/** Milliseconds between two requests, and after which a state counts as outdated. */
const EVERY = 1000;
const STALE = 3500;

const WORDS = {
  en: {
    title: "Break it",
    lead: "Break something and watch the pulls repair it. The counts are added up from the journals that the simulated "
        + "neighbours keep for themselves; the hub is never asked.",
    count: "What became of the orders",
    paid: "paid", acknowledged: "acknowledged", settled: "settled", underWay: "being made or delivered",
    waiting: "waiting for the hub", lost: "lost", doubled: "doubled", unpaid: "made unpaid",
    good: "as promised", bad: "a promise is broken",
    bound: seconds => `Acknowledged: the hub has answered the payment's callback 2xx. From then on an order that waits for `
        + `the hub's next step counts as lost after ${seconds} s in which no journal has spoken of it.`,
    stopped: "A neighbour can't be reached at all. What waits for it is waiting, not lost; its time begins when it is back.",
    some: "for example",
    repairs: "Faults that struck",
    struck: { "lose": "messages lost", "double": "came twice", "delay": "came late", "reorder": "overtaken",
      "error-500": "answered 500", "time-out": "timed out", "time-out-but-applied": "done but timed out",
      "down": "met a system that was down", "closed": "met a closed store" },
    none: "none so far",
    pulled: (tickets, notes) => `Repaired by pull: tickets ${tickets}, delivery notes ${notes}.`,
    sides: { broker: "Broker", payment: "Payment 支付", barista: "Barista 咖啡师", dispatch: "Dispatch 配送" },
    load: "Load", rate: rate => `${rate} orders a second`,
    mend: "Mend everything",
    stale: time => `The demo doesn't answer. These figures are of ${time}.`,
    starting: "The demo is still starting …",
    refused: why => `Not done: ${why}`,
    on: name => `Broken: ${name}`, off: name => `Mended: ${name}`, mended: "Everything is mended.",
    locale: "en-GB",
  },
  zh: {
    title: "试着弄坏它",
    lead: "弄坏一处，看拉取如何补偿。这些数字来自各模拟系统自己的日志，从不询问中台。",
    count: "订单的去向",
    paid: "已支付", acknowledged: "已确认", settled: "已完结", underWay: "制作或配送中",
    waiting: "等待中台", lost: "丢失", doubled: "重复", unpaid: "未付即做",
    good: "符合承诺", bad: "违背承诺",
    bound: seconds => `已确认：中台对支付回调答复了 2xx。此后若订单在等中台的下一步，且 ${seconds} 秒内没有任何日志再提到它，即算丢失。`,
    stopped: "有系统完全不可达。等它的订单算等待，不算丢失；它恢复后才开始计时。",
    some: "例如",
    repairs: "已发生的故障",
    struck: { "lose": "消息丢失", "double": "重复到达", "delay": "迟到", "reorder": "乱序", "error-500": "返回 500",
      "time-out": "超时", "time-out-but-applied": "已处理但超时", "down": "遇到宕机", "closed": "遇到打烊" },
    none: "暂无",
    pulled: (tickets, notes) => `拉取补偿：制作单 ${tickets}，配送单 ${notes}。`,
    sides: { broker: "消息队列", payment: "支付", barista: "咖啡师", dispatch: "配送" },
    load: "负载", rate: rate => `每秒 ${rate} 单`,
    mend: "全部恢复",
    stale: time => `演示没有应答。以下是 ${time} 的数字。`,
    starting: "演示正在启动……",
    refused: why => `未执行：${why}`,
    on: name => `已弄坏：${name}`, off: name => `已恢复：${name}`, mended: "已全部恢复。",
    locale: "zh-CN",
  },
};

/** Figures that have to be 0: any other value breaks a promise. */
const PROMISED_NONE = ["lost", "doubled", "unpaid"];
const FIGURES = ["acknowledged", "settled", "underWay", "waiting", ...PROMISED_NONE];

export function mount(host, { language = "en" } = {}) {
  let words = WORDS[language] ?? WORDS.en;
  let state = null;
  let trouble = null;
  let sliding = false;
  let ended = false;
  let timer;

  styled();
  const section = element("section", { class: "break-it", "aria-labelledby": "break-it-title" });
  const title = element("h2", { id: "break-it-title" });
  const lead = element("p", { class: "lead" });
  const notice = element("p", { class: "notice", role: "status" });
  const figures = element("dl", { class: "figures" });
  const bound = element("p", { class: "small" });
  const repairs = element("p", { class: "small repairs" });
  const sides = element("div", { class: "sides" });
  const loadName = element("label", { for: "break-it-load" });
  const load = element("input", { id: "break-it-load", type: "range", min: 0, max: 200, step: 1 });
  const loadSays = element("output", { for: "break-it-load" });
  const mend = element("button", { type: "button", class: "mend" });
  section.append(title, lead, notice, figures, bound, repairs,
      row("controls", row("load", loadName, load, loadSays), mend), sides);
  host.replaceChildren(section);

  load.addEventListener("input", () => {
    sliding = true;
    sayRate(load.value);
  });
  load.addEventListener("change", async () => {
    await put("/demo/load", { rate: Number(load.value) });
    sliding = false;
    draw();
  });
  mend.addEventListener("click", async () => {
    if (await put("/demo/mended", {})) {
      notice.textContent = words.mended;
    }
  });
  speak(language);
  watch();

  function speak(code) {
    words = WORDS[code] ?? WORDS.en;
    section.lang = code === "zh" ? "zh-CN" : "en";
    title.textContent = words.title;
    lead.textContent = words.lead;
    loadName.textContent = words.load;
    mend.textContent = words.mend;
    notice.textContent = "";
    sides.replaceChildren();
    figures.replaceChildren();
    draw();
  }

  async function watch() {
    if (!document.hidden) {
      await take(fetch("/demo/state", { cache: "no-store" }));
    }
    if (!ended) {
      timer = setTimeout(watch, EVERY);
    }
  }

  async function put(path, body) {
    const done = await take(fetch(path, {
      method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));
    if (!done && trouble) {
      notice.textContent = words.refused(trouble);
    }
    return done;
  }

  async function take(asked) {
    try {
      const answer = await asked;
      const said = await answer.json();
      if (!answer.ok) {
        trouble = said.detail ?? String(answer.status);
        draw();
        return false;
      }
      state = { ...said, seen: Date.now() };
      trouble = null;
    } catch (e) {
      trouble = e.message;
    }
    draw();
    return trouble === null;
  }

  function draw() {
    const stale = state !== null && Date.now() - state.seen > STALE;
    section.classList.toggle("stale", stale || state === null);
    if (state === null) {
      load.disabled = true;
      mend.disabled = true;
      say(words.starting);
      return;
    }
    if (load.disabled) {
      load.disabled = false;
      mend.disabled = false;
      say("");
    }
    if (stale) {
      say(words.stale(new Date(state.seen).toLocaleTimeString(words.locale)));
    } else if (notice.dataset.stale) {
      say("");
    }
    notice.dataset.stale = stale ? "yes" : "";
    drawFigures();
    bound.textContent = words.bound(state.boundSeconds) + (state.stopped ? " " + words.stopped : "");
    drawRepairs();
    drawSwitches();
    if (!sliding) {
      load.max = state.most;
      load.value = state.rate;
      sayRate(state.rate);
    }
  }

  /** Sets the text only when it differs, because screen readers announce each change. */
  function say(text) {
    if (notice.textContent !== text) {
      notice.textContent = text;
    }
  }

  function drawFigures() {
    if (figures.children.length === 0) {
      figures.append(...FIGURES.map(name => row("figure " + name, element("dt", {}, words[name]), element("dd"),
          element("dd", { class: "says" }))));
    }
    FIGURES.forEach((name, i) => {
      const [, value, says] = figures.children[i].children;
      set(value, state.count[name].toLocaleString(words.locale));
      const promised = PROMISED_NONE.includes(name);
      const broken = promised && state.count[name] > 0;
      figures.children[i].classList.toggle("good", promised && !broken);
      figures.children[i].classList.toggle("bad", broken);
      const some = { lost: state.count.someLost, doubled: state.count.someDoubled }[name] ?? [];
      set(says, !promised ? "" : !broken ? "✓ " + words.good
          : "✗ " + words.bad + (some.length ? `, ${words.some} ${some.join(" ")}` : ""));
    });
  }

  function drawRepairs() {
    const struck = Object.entries(state.repairs.struck).sort()
        .map(([fault, times]) => `${words.struck[fault] ?? fault} ${times.toLocaleString(words.locale)}`);
    set(repairs, `${words.repairs}: ${struck.join(", ") || words.none}. `
        + words.pulled(state.repairs.tickets.toLocaleString(words.locale),
            state.repairs.notes.toLocaleString(words.locale)));
  }

  function drawSwitches() {
    const name = one => words === WORDS.zh ? one.zh : one.en;
    if (sides.children.length === 0) {
      const fields = Object.keys(words.sides).map(side => {
        const field = element("fieldset", {}, element("legend", {}, words.sides[side]));
        state.switches.filter(one => one.side === side).forEach(one => {
          const box = element("input", { type: "checkbox", role: "switch", id: "switch-" + one.id });
          box.addEventListener("change", async () => {
            if (await put("/demo/switches", { id: one.id, on: box.checked })) {
              notice.textContent = (box.checked ? words.on : words.off)(name(one));
            }
          });
          field.append(row("switch", box, element("label", { for: box.id }, name(one))));
        });
        return field;
      });
      sides.append(...fields);
    }
    state.switches.forEach(one => {
      section.querySelector("#switch-" + CSS.escape(one.id)).checked = one.on;
    });
  }

  function sayRate(rate) {
    set(loadSays, words.rate(Number(rate).toLocaleString(words.locale)));
    load.setAttribute("aria-valuetext", loadSays.textContent);
  }

  function close() {
    ended = true;
    clearTimeout(timer);
    host.replaceChildren();
  }

  return { speak, close };
}

function set(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  node.append(...children);
  return node;
}

function row(name, ...children) {
  return element("div", { class: name }, ...children);
}

function styled() {
  if (!document.querySelector('link[href="/demo/panel.css"]')) {
    document.head.append(element("link", { rel: "stylesheet", href: "/demo/panel.css" }));
  }
}
