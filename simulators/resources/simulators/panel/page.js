// The panel as a page of its own.
import { mount } from "/demo/panel.js";

const LANGUAGES = { en: "English", zh: "中文" };
/** The key under which the hub's page stores the language, too. */
const KEY = "lucky-hub.language";
const BACK = { en: "← The diagram, live", zh: "← 实时时序图" };
const host = document.getElementById("panel");
const chosen = localStorage.getItem(KEY) ?? (navigator.language.startsWith("zh") ? "zh" : "en");
const panel = mount(host, { language: chosen });

const choice = document.createElement("p");
choice.className = "languages";
const back = document.createElement("a");
back.href = "/";
choice.append(back);
for (const [code, name] of Object.entries(LANGUAGES)) {
  const button = document.createElement("button");
  button.type = "button";
  button.lang = code;
  button.textContent = name;
  button.addEventListener("click", () => speak(code));
  choice.append(button);
}
host.before(choice);
speak(chosen);

function speak(code) {
  localStorage.setItem(KEY, code);
  document.documentElement.lang = code === "zh" ? "zh-CN" : "en";
  document.title = code === "zh" ? "lucky-hub：试着弄坏它" : "lucky-hub: break it";
  panel.speak(code);
  back.textContent = BACK[code];
  for (const button of choice.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", button.lang === code);
  }
}
