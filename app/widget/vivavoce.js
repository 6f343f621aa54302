/* Vivavoce's chat for any page: <script async src="https://HOST/widget/v1/vivavoce.js" data-profile="SLUG"></script> or
   <vivavoce-chat api="https://HOST" profile="SLUG">. The syntax is of 2020, so that an older browser can still say that it is too old. */
(() => {
  "use strict";
  const NAME = "vivavoce-chat";
  const LOOKS = ["heading", "greeting", "suggestions", "language", "theme", "color", "position", "label", "mode"];
  const SILENCE_MS = 45000; // the server says something every 15 s
  const script = document.currentScript || document.querySelector('script[src*="/widget/v1/vivavoce.js"]');
  const home = ((script && script.src) || "").replace(/widget\/v1\/.*/, "");

  const KEYS = "label about box send stop close clear copy copied again yes no thanks sources source back show original page look talk foot wrong lost cut busy long failed old".split(" ");
  const WORDS = {
    en: "Ask a question|Ask about {x}|Your question|Send|Stop|Close|Clear the conversation|Copy|Copied|Ask again|Helpful|Not helpful|Thank you|Sources|Source {x}|Back|Show in the document|Open the original|p. {x}|Looking at the documents|Conversation|Automatic answers from documents|There is nobody called “{x}” here.|The server does not answer just now.|The answer was cut off.|Many questions just now. Ask again in {x}.|The question is too long.|That did not work.|This browser is too old for the chat; ask on its own page",
    zh: "提问|了解{x}|您的问题|发送|停止|关闭|清空对话|复制|已复制|重新提问|有帮助|没有帮助|谢谢|出处|出处 {x}|返回|在原文中查看|打开原文|第 {x} 页|正在查阅文档|对话|根据文档自动回答|这里没有名为“{x}”的人。|服务器暂时没有回应。|回答中断了。|提问的人太多，请在 {x} 后再问。|问题太长了。|没有成功。|此浏览器版本太旧，请在单独的页面提问",
    de: "Frage stellen|Fragen zu {x}|Ihre Frage|Senden|Anhalten|Schließen|Gespräch löschen|Kopieren|Kopiert|Noch einmal fragen|Hilfreich|Nicht hilfreich|Danke|Quellen|Quelle {x}|Zurück|Im Dokument zeigen|Original öffnen|S. {x}|Die Dokumente werden durchgesehen|Gespräch|Automatische Antworten aus Dokumenten|Hier gibt es niemanden namens „{x}“.|Der Server antwortet gerade nicht.|Die Antwort ist abgebrochen.|Gerade kommen viele Fragen. Fragen Sie in {x} wieder.|Die Frage ist zu lang.|Das hat nicht geklappt.|Dieser Browser ist zu alt für den Chat; fragen Sie auf seiner eigenen Seite",
    fr: "Poser une question|Questions sur {x}|Votre question|Envoyer|Arrêter|Fermer|Effacer la conversation|Copier|Copié|Reposer la question|Utile|Pas utile|Merci|Sources|Source {x}|Retour|Voir dans le document|Ouvrir l’original|p. {x}|Lecture des documents|Conversation|Réponses automatiques tirées de documents|Il n’y a personne du nom de « {x} » ici.|Le serveur ne répond pas pour le moment.|La réponse a été interrompue.|Beaucoup de questions en ce moment. Réessayez dans {x}.|La question est trop longue.|Cela n’a pas fonctionné.|Ce navigateur est trop ancien pour le chat ; posez vos questions sur sa page",
    es: "Hacer una pregunta|Preguntas sobre {x}|Su pregunta|Enviar|Detener|Cerrar|Borrar la conversación|Copiar|Copiado|Preguntar otra vez|Útil|No es útil|Gracias|Fuentes|Fuente {x}|Volver|Ver en el documento|Abrir el original|p. {x}|Consultando los documentos|Conversación|Respuestas automáticas a partir de documentos|Aquí no hay nadie llamado «{x}».|El servidor no responde en este momento.|La respuesta se ha interrumpido.|Hay muchas preguntas ahora. Pregunte otra vez en {x}.|La pregunta es demasiado larga.|No ha funcionado.|Este navegador es demasiado antiguo para el chat; pregunte en su propia página",
  };

  const CSS = `
:host { display: block !important; outline-color: Canvas !important; }
:host([mode="launcher"]) { display: contents !important; }
:host([hidden]) { display: none !important; }
.root {
  all: initial; display: contents; color-scheme: light; color: var(--ink); line-height: 1.5; overflow-wrap: anywhere; -webkit-text-size-adjust: none;
  font-family: var(--vivavoce-font, system-ui, sans-serif);
  --a: var(--vivavoce-color, #1d4f7c); --on: #fff; --bg: #fff; --ink: #20242a; --soft: #585e68; --line: #e3e2de; --edge: #8b8a83; --bad: #9b2c1f;
  --r: var(--vivavoce-radius, 14px); --x: var(--vivavoce-offset-x, 20px); --y: var(--vivavoce-offset-y, 20px);
}
.dark { color-scheme: dark; --a: var(--vivavoce-color, #8fbfe8); --bg: #1b1f24; --ink: #e9e6e0; --soft: #a6adb7; --line: #353b44; --edge: #767e8a; --bad: #f0a294; }
@supports (color: color(from red srgb-linear r g b)) {
  .root { --l: clamp(0, (.179 - .2126 * r - .7152 * g - .0722 * b) * 999, 1); --on: color(from var(--a) srgb-linear var(--l) var(--l) var(--l)); }
}
* { box-sizing: border-box; margin: 0; padding: 0; }
button, textarea { font: inherit; color: inherit; text-align: inherit; border: 0; background: none; }
button { min-width: 44px; min-height: 44px; cursor: pointer; }
button:disabled { cursor: default; opacity: .55; }
a { color: inherit; }
svg { width: 20px; height: 20px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
:focus-visible { outline: 2px solid; outline-offset: 2px; }
textarea:focus-visible { outline-offset: -2px; }
[hidden] { display: none !important; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.launch, dialog { position: fixed; z-index: 2147483647; bottom: calc(var(--y) + env(safe-area-inset-bottom)); inset-inline-end: var(--x); }
.launch, .send, .q, .tool[aria-pressed="true"] { color: var(--on); background: var(--a); }
.launch, .tool, .send { display: flex; align-items: center; justify-content: center; }
.launch { gap: 10px; min-width: 56px; min-height: 56px; padding-inline: 16px; border-radius: 28px; font-weight: 600; box-shadow: 0 0 0 1px rgb(255 255 255 / 35%), 0 4px 18px rgb(0 0 0 / 30%); }
.launch:focus-visible { outline-offset: -6px; }
.panel { flex-direction: column; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: var(--r); overflow: hidden; }
section, dialog[open] { display: flex; }
section { height: var(--vivavoce-height, 32rem); }
dialog {
  inset-block-start: auto; inset-inline-start: auto; width: var(--vivavoce-width, 400px); max-width: calc(100vw - 2 * var(--x)); height: var(--vivavoce-height, 640px); max-height: calc(100vh - 2 * var(--y));
  box-shadow: 0 4px 12px rgb(0 0 0 / 10%), 0 16px 56px rgb(0 0 0 / 24%);
}
::backdrop { background: none; }
.left > * { inset-inline: auto; left: var(--x); }
.right > * { inset-inline: auto; right: var(--x); }
.page section { position: fixed; inset: 0; height: auto; border: 0; border-radius: 0; }
.head { display: flex; align-items: center; min-height: 56px; padding-inline: 16px 6px; border-bottom: 1px solid var(--line); }
h2 { flex: 1; font-size: 1.0625em; line-height: 1.3; padding-block: 6px; outline: 0; }
.tool { border-radius: 10px; color: var(--soft); }
.body { flex: 1; min-height: 0; position: relative; }
.scroll, .view { position: absolute; inset: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px; background: var(--bg); outline-offset: -2px !important; }
ul, ol { list-style: none; }
.chips { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 14px; }
.chips button, .note button { padding: 8px 14px; border: 1px solid var(--edge); border-radius: 22px; font-size: .9375em; line-height: 1.35; color: var(--ink); }
.ex { margin-top: 22px; }
.q { width: fit-content; max-width: 88%; margin-inline-start: auto; padding: 9px 14px; border-radius: var(--r); border-end-end-radius: 4px; white-space: pre-wrap; }
.a > *, .note, .a li { margin-top: 10px; }
.a ul { list-style: disc; padding-inline-start: 1.2em; }
.w { white-space: nowrap; }
.n { position: relative; min-width: 1.7em; min-height: 0; margin-inline: 2px; padding: 0 .4em; vertical-align: .18em; text-align: center; font-size: .75em; line-height: 1.6; font-weight: 600; border: 1px solid var(--edge); border-radius: .8em; }
.n::after { content: ""; position: absolute; inset: -12px -3px; }
.note { color: var(--soft); }
.bad { color: var(--bad); }
.note button { margin-inline-start: 8px; }
details { margin-top: 6px; }
summary { min-height: 44px; padding-block: 10px; width: fit-content; cursor: pointer; }
summary, ol, .said, .where { font-size: .9375em; color: var(--soft); }
ol button { display: flex; gap: 10px; width: 100%; padding-block: 10px; border-top: 1px solid var(--line); }
b { color: var(--ink); font-weight: 600; min-width: 1em; }
.tools { display: flex; align-items: center; margin-inline-start: -12px; }
.ex:not(:last-child) :is(.chips, .again) { display: none; }
.view { padding-top: 6px; }
.back, .out { display: flex; align-items: center; gap: 6px; min-height: 44px; width: fit-content; }
:dir(rtl) > .back svg { scale: -1 1; }
blockquote { margin-block: 12px; padding-inline-start: 14px; border-inline-start: 3px solid var(--a); font: 1.0625em/1.55 ui-serif, Georgia, serif; white-space: pre-line; }
form { display: flex; align-items: flex-end; gap: 8px; padding: 10px 12px 4px; border-top: 1px solid var(--line); }
textarea { flex: 1; min-width: 0; field-sizing: content; min-height: 44px; max-height: 8em; resize: none; padding: 9px 12px; border: 1px solid var(--edge); border-radius: 12px; }
::placeholder { color: var(--soft); opacity: 1; }
.send { flex: none; border-radius: 12px; }
.foot { padding: 2px 14px calc(8px + env(safe-area-inset-bottom)); color: var(--soft); font-size: .78em; }
@media (max-width: 30em) {
  .launch span { display: none; }
  dialog.panel { inset: var(--top, 0) 0 auto !important; width: 100%; max-width: none; height: var(--height, 100vh); max-height: none; border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: no-preference) {
  .a > *, .a li, dialog { animation: seen .2s ease-out; }
  .wait { animation: seen .9s infinite alternate; }
  @keyframes seen { from { opacity: .3; } }
}
@media (hover: hover) { :is(.tool, .chips button, ol button, .n):not([aria-pressed="true"]):hover { background: var(--line); color: var(--ink); } }
@media (forced-colors: active) { .launch, .send, .tool, .q, dialog { border: 1px solid; } .tool[aria-pressed="true"] { border-width: 4px; } }
@media print { .root { display: none; } }
`;
  const ICONS = {
    ask: "M21 12a8.5 8.5 0 0 1-12 7.5L3 21l1.5-5.5A8.5 8.5 0 1 1 21 12ZM9 10v2h2v-2H9v2M14 10v2h2v-2h-2v2",
    close: "M5 5l14 14M19 5 5 19",
    clear: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
    send: "M12 20V5M5 11l7-7 7 7",
    stop: "M7 7h10v10H7z",
    copy: "M9 9h11v11H9zM15 9V4H4v11h5",
    again: "M4 4v6h6M4.6 10a8 8 0 1 1-.4 5",
    yes: "M7 11v9H4v-9h3l4-8q3 0 2 7h6q2 0 1.6 2l-1.4 7q-.2 1-2 1H7",
    no: "M7 13V4H4v9h3l4 8q3 0 2-7h6q2 0 1.6-2l-1.4-7q-.2-1-2-1H7",
    back: "M15 5l-7 7 7 7",
    out: "M9 5H5v14h14v-4M13 5h6v6M19 5l-9 9",
  };

  const make = (tag, properties, ...children) => {
    const element = document.createElement(tag);
    Object.entries(properties || {}).forEach(([key, value]) => {
      if (/-|role/.test(key)) element.setAttribute(key, value);
      else element[key] = value;
    });
    element.append(...children.filter(Boolean));
    return element;
  };
  const icon = (name) => {
    const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", true);
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  };
  const drawn = (color) => {
    const pen = make("canvas").getContext("2d");
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    return pen.getImageData(0, 0, 1, 1).data;
  };
  const slashed = (api) => (api || home).replace(/\/*$/, "/");
  const spoken = (...tags) => tags.map((tag) => (tag || "").slice(0, 2).toLowerCase()).find((tag) => WORDS[tag]) || "en";
  const said = (language, key) => WORDS[language].split("|")[KEYS.indexOf(key)];
  const seconds = (n) => (n < 100 ? `${n} s` : `${Math.ceil(n / 60)} min`);

  // What went wrong, and for how many seconds not to ask.
  const fault = (key, code, wait) => Object.assign(new Error(key), { key, code: code || key, wait });
  const faultOf = (status, { code, type } = {}, wait) => {
    if (status === 429 || status === 503 || type === "unavailable") return fault("busy", code, Math.ceil(wait) || 5);
    return fault(code === "unknown_profile" ? "wrong" : status === 413 ? "long" : "failed", code);
  };

  const listen = async (body, hear, alive) => {
    const reader = body.getReader(), decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
      rest = blocks.pop();
      blocks.forEach((block) => {
        const [, name] = block.match(/^event: *(\w+)/m) || [];
        const [, data] = block.match(/^data: *([^\n]+)/m) || [];
        if (name && data) hear(name, JSON.parse(data));
      });
    }
  };

  const begin = () => {
    const { dataset } = script || { dataset: {} };
    const able = window.customElements && window.ReadableStream && window.HTMLDialogElement && "adoptedStyleSheets" in Document.prototype;
    if (!able) {
      const plain = (parent, { profile, api }) => {
        const link = parent.appendChild(document.createElement("p")).appendChild(document.createElement("a"));
        link.href = `${slashed(api)}?profile=${encodeURIComponent(profile)}`;
        link.textContent = said(spoken(document.documentElement.lang, navigator.language), "old");
      };
      if (dataset.profile) plain(document.body, dataset);
      document.querySelectorAll(NAME).forEach((e) => e.firstChild || plain(e, { profile: e.getAttribute("profile"), api: e.getAttribute("api") }));
      return;
    }
    if (!customElements.get(NAME)) customElements.define(NAME, chat());
    if (!dataset.profile || script.chat) return;
    script.chat = document.createElement(NAME);
    Object.entries({ mode: "launcher", ...dataset }).forEach(([name, value]) => [...LOOKS, "api", "profile", "open"].includes(name) && script.chat.setAttribute(name, value));
    if (dataset.mode === "inline") script.after(script.chat);
    else document.body.append(script.chat);
  };

  const chat = () => class extends HTMLElement {
    constructor() {
      super();
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.retheme = () => this.root.classList.toggle("dark", this.isDark());
      this.fit = () => this.fitScreen();
    }

    static get observedAttributes() {
      return [...LOOKS, "api", "profile"];
    }

    attributeChangedCallback(name) {
      if (!this.root) return;
      if (!LOOKS.includes(name)) this.talk = this.halt();
      if (name === "language") this.met = null;
      this.draw();
    }

    connectedCallback() {
      this.watch("addEventListener");
      this.draw();
      this.looks = new MutationObserver(this.retheme);
      [document.documentElement, document.body].forEach((e) => this.looks.observe(e, { attributes: true }));
      if (this.hasAttribute("open") && !this.small) this.open({ quietly: true });
    }

    disconnectedCallback() {
      this.halt();
      this.watch("removeEventListener");
      this.looks.disconnect();
      if (this.seen) this.seen.disconnect();
    }

    watch(act) {
      document[act]("transitionend", this.retheme);
      this.night = this.night || matchMedia("(prefers-color-scheme: dark)");
      this.night[act]("change", this.retheme);
      if (window.visualViewport) ["resize", "scroll"].forEach((e) => visualViewport[act](e, this.fit));
    }

    get api() {
      return slashed(this.getAttribute("api"));
    }
    get profile() {
      return this.getAttribute("profile") || "";
    }
    get mode() {
      return this.getAttribute("mode");
    }
    get floats() {
      return this.mode === "launcher";
    }
    get small() {
      return matchMedia("(max-width: 30em)").matches;
    }
    get isWaiting() {
      return this.until > Date.now();
    }
    get isOpen() {
      return Boolean(this.floats && this.panel && this.panel.open);
    }
    get focused() {
      return this.shadowRoot.activeElement || document.activeElement;
    }
    get language() {
      const near = this.closest("[lang]");
      return spoken(this.getAttribute("language"), near && near.lang, ...navigator.languages);
    }

    word(key, x) {
      return said(this.language, key).replace("{x}", x);
    }

    tell(name, detail) {
      this.dispatchEvent(new CustomEvent(`vivavoce:${name}`, { bubbles: true, composed: true, detail }));
    }

    // Auto is as the page's background, or `Canvas` there.
    isDark() {
      const theme = this.getAttribute("theme");
      if (/dark|light/.test(theme)) return theme === "dark";
      return [this, document.documentElement, document.body].reduce((dark, element, i) => {
        const color = getComputedStyle(element)[i ? "backgroundColor" : "outlineColor"];
        const [r, g, b, alpha = 1] = /^rgb/.test(color) ? color.match(/[\d.]+/g) : drawn(color);
        return +alpha ? 2 * r + 7 * g + +b < 1280 : dark;
      }, false);
    }

    // What a keyboard on the screen leaves.
    fitScreen() {
      const { height, offsetTop, scale } = window.visualViewport || {};
      if (!this.panel || !height || scale > 1.01) return;
      this.panel.style.setProperty("--height", `${height}px`);
      this.panel.style.setProperty("--top", `${offsetTop}px`);
    }

    halt() {
      if (this.busy) this.busy.abort();
      clearTimeout(this.ticking);
    }

    // Storage may be forbidden, and what lies there need not be ours.
    recall() {
      this.met = null;
      this.known = {};
      try {
        const kept = JSON.parse(sessionStorage.getItem(this.key));
        this.talk = kept.filter(({ q, answer }) => q.trim() && [answer.sentences, answer.citations].every(Array.isArray));
      } catch (_) {
        this.talk = [];
      }
    }

    get key() {
      return `vivavoce ${this.api} ${this.profile}`;
    }
    get done() {
      return this.talk.filter((e) => e.answer);
    }

    keep() {
      try {
        sessionStorage.setItem(this.key, JSON.stringify(this.done.slice(-20).map(({ q, answer, vote }) => ({ q, answer, vote }))));
      } catch (_) {
        // Then nothing is kept.
      }
    }

    // Pages that may ask are given a pass.
    async fetched(path, body, signal, once) {
      const sent = body && { method: "POST", headers: { "content-type": "application/json", ...this.pass }, body: JSON.stringify(body), signal };
      const reply = await fetch(this.api + path, { credentials: "omit", ...sent });
      if (reply.ok) return reply;
      if (reply.status === 401 && !once) {
        const { token } = await (await this.fetched("v1/session", {}, signal, 1)).json();
        this.pass = { authorization: `Bearer ${token}` };
        return this.fetched(path, body, signal, 1);
      }
      throw faultOf(reply.status, (await reply.json().catch(() => ({}))).error, reply.headers.get("retry-after"));
    }

    async meet() {
      if (this.met) return;
      this.met = true;
      try {
        this.known = await (await this.fetched(`v1/profiles/${encodeURIComponent(this.profile)}?language=${this.language}`)).json();
        this.introduce();
      } catch (error) {
        this.met = null;
        this.introduce(this.faultFrom(error));
      }
    }

    faultFrom(error) {
      const found = error.key ? error : fault("lost");
      if (found.wait) this.until = Date.now() + found.wait * 1000;
      if (found.key === "lost") console.info(`Vivavoce: ${this.api} does not answer. If it runs: is ${location.origin} among the [embed] origins of profile.toml?`);
      this.tell("error", { code: found.code, message: this.word(found.key, this.profile) });
      return found;
    }

    tool(name, onclick, extra) {
      return make("button", { type: "button", className: `tool ${name}`, "aria-label": this.word(name), title: this.word(name), onclick, ...extra }, icon(name));
    }

    draw() {
      const wasOpen = this.isOpen, color = this.getAttribute("color"), label = this.getAttribute("label") || this.word("label");
      this.panel = null;
      this.launcher = make("button", { className: "launch", hidden: !this.floats, "aria-haspopup": "dialog", "aria-label": label, onclick: () => this.open() }, icon("ask"), make("span", { dir: "auto" }, label));
      this.root = make("div", { className: `root ${this.getAttribute("position")} ${this.mode}`, lang: this.language }, this.launcher);
      if (color && window.CSS.supports("color", color)) this.root.style.setProperty("--vivavoce-color", color);
      this.retheme();
      this.shadowRoot.replaceChildren(this.root);
      if (!this.floats) this.furnish();
      if (wasOpen) this.open({ quietly: true });
    }

    // When it is first seen.
    furnish() {
      if (!this.talk) this.recall();
      this.heading = make("h2", { id: "h", tabIndex: -1, dir: "auto" });
      this.start = make("div");
      this.log = make("div");
      this.scroll = make("div", { className: "scroll", tabIndex: 0, role: "log", "aria-label": this.word("talk") }, this.start, this.log);
      this.view = make("div", { className: "view", hidden: true, role: "region", "aria-labelledby": "v" });
      this.box = make("textarea", { rows: 1, maxLength: 4000, dir: "auto", "aria-label": this.word("box"), placeholder: this.word("box"), enterKeyHint: "send" });
      this.sender = make("button", { className: "send" });
      this.clearer = this.tool("clear", () => this.clear());
      this.foot = make("p", { className: "foot", dir: "auto" });
      this.panel = make(this.floats ? "dialog" : "section", { className: "panel", "aria-labelledby": "h", onkeydown: (event) => this.pressed(event), oncancel: (event) => event.preventDefault(), onclose: () => this.closed() },
        make("div", { className: "head" }, this.heading, this.clearer, this.floats && this.tool("close", () => this.close())),
        make("div", { className: "body" }, this.scroll, this.view),
        make("form", { onsubmit: (event) => this.submit(event) }, this.box, this.sender),
        this.foot);
      this.root.append(this.panel);
      this.introduce();
      this.talk.forEach((exchange) => this.show(exchange));
      this.arm();
      if (this.seen) this.seen.disconnect();
      this.seen = new IntersectionObserver((all) => all.some((e) => e.isIntersecting) && this.meet(), { rootMargin: "200px" });
      this.seen.observe(this.panel);
    }

    introduce(trouble) {
      const { name, greeting = "", suggestions = [], read } = this.known, own = this.getAttribute("suggestions");
      const day = new Date(`${read}T12:00`);
      this.heading.textContent = this.getAttribute("heading") || (name ? this.word("about", name) : this.word("label"));
      this.start.replaceChildren(
        trouble ? this.noted(make("p", { role: "alert" }), trouble, () => this.meet()) : make("p", { dir: "auto" }, this.getAttribute("greeting") || greeting),
        this.chips(own === null ? suggestions : own.split("|")));
      this.foot.replaceChildren(`${this.word("foot")}${isNaN(day) ? "" : ` (${day.toLocaleDateString(this.language, { dateStyle: "medium" })})`} · `, this.link("Vivavoce", this.address()));
    }

    link(text, href, ...marks) {
      return make("a", { href, target: "_blank", rel: "noopener", className: marks.length ? "out" : "" }, text, ...marks);
    }

    address({ question = "", fingerprint = "" } = {}) {
      const found = new URL(this.api, location.href);
      Object.entries({ profile: this.profile, q: question, c: fingerprint.slice(0, 12) }).forEach(([name, value]) => value && found.searchParams.set(name, value));
      return found.href;
    }

    chips(questions) {
      return questions.length ? make("ul", { className: "chips", role: "list" }, ...questions.map((q) => make("li", {}, make("button", { dir: "auto", onclick: () => this.ask(q) }, q)))) : "";
    }

    arm() {
      const name = this.busy ? "stop" : "send";
      this.sender.replaceChildren(icon(name));
      this.sender.setAttribute("aria-label", this.word(name));
      this.sender.disabled = !this.busy && this.isWaiting;
      this.clearer.hidden = !this.talk.length;
    }

    pressed(event) {
      if (event.isComposing) return;
      if (event.key === "Enter" && event.target === this.box && !event.shiftKey) this.submit(event);
      if (event.key !== "Escape" || (this.view.hidden && !this.floats)) return;
      if (this.view.hidden) this.close();
      else this.back();
      event.preventDefault();
      event.stopPropagation();
    }

    submit(event) {
      event.preventDefault();
      const question = this.box.value.trim();
      if (this.busy && event.type === "submit") this.halt();
      else if (question && !this.busy && !this.isWaiting) {
        this.box.value = "";
        this.ask(question);
      } else this.box.focus();
    }

    open({ quietly } = {}) {
      if (!this.floats || this.isOpen) return;
      const from = this.focused;
      if (!this.panel) this.furnish();
      this.from = quietly || from === document.body ? this.launcher : from;
      this.fitScreen();
      this.retheme();
      if (this.small) this.panel.showModal();
      else this.panel.show();
      this.launcher.hidden = true;
      if (quietly) {
        this.focused.blur();
        from.focus({ preventScroll: true });
      } else (matchMedia("(hover: hover)").matches ? this.box : this.heading).focus({ preventScroll: true });
      this.toEnd();
      this.tell("open");
    }

    close() {
      if (this.isOpen) this.panel.close();
    }

    closed() {
      this.launcher.hidden = false;
      (this.from.isConnected ? this.from : this.launcher).focus({ preventScroll: true });
    }

    clear() {
      this.halt();
      this.talk = [];
      this.log.replaceChildren();
      this.keep();
      this.arm();
      this.view.hidden = true;
      this.box.focus();
    }

    toEnd() {
      const last = this.log.lastChild;
      if (last) this.scroll.scrollTop = last.offsetTop - 12;
    }

    async ask(text) {
      const q = String(text).trim();
      if (!q || this.busy || this.isWaiting || !this.isConnected) return null;
      this.open();
      const turns = this.done.slice(-6).flatMap((e) => [{ role: "user", text: e.q }, { role: "assistant", text: e.answer.answer }]);
      const exchange = { q, isAsking: true }, busy = (this.busy = new AbortController());
      let watch, isSilent;
      const alive = () => {
        clearTimeout(watch);
        watch = setTimeout(() => busy.abort((isSilent = true)), SILENCE_MS);
      };
      this.view.hidden = true;
      this.talk.push(exchange);
      this.show(exchange);
      this.toEnd();
      this.arm();
      try {
        alive();
        const reply = await this.fetched("v1/ask", { profile: this.profile, turns: [...turns, { role: "user", text: q }], stream: true }, busy.signal);
        await listen(reply.body, (name, data) => this.hear(exchange, name, data), alive);
        if (!exchange.answer) throw fault("cut");
      } catch (error) {
        const isStopped = busy.signal.aborted && !isSilent;
        if (!exchange.answer) exchange.fault = isStopped ? fault("cut", "stopped") : this.faultFrom(exchange.isHeard && !error.key ? fault("cut") : error);
      }
      clearTimeout(watch);
      busy.abort();
      exchange.isAsking = false;
      if (this.busy === busy) this.busy = null;
      if (!(this.talk || []).includes(exchange)) return null;
      this.finish(exchange);
      this.toEnd();
      this.keep();
      this.arm();
      if (!exchange.answer) return null;
      this.tell("answer", exchange.answer);
      return exchange.answer;
    }

    hear(exchange, name, data) {
      if (name === "error") throw faultOf(0, data.error);
      if (name === "finished") exchange.answer = data;
      if (name !== "sentence") return;
      exchange.isHeard = true;
      exchange.note.hidden = true;
      (data.sources || []).forEach((c) => (exchange.cited[c.n] = c));
      this.say(exchange, data);
      this.toEnd();
    }

    show(exchange) {
      const part = (tag, className, ...children) => make(tag, { className, dir: "auto" }, ...children);
      exchange.cited = {};
      exchange.said = part("div", "a");
      exchange.note = part("p", "note wait", `${this.word("look")} …`);
      exchange.more = make("div");
      exchange.at = make("div", { className: "ex" }, part("p", "q", make("span", { className: "sr" }, `${this.word("box")}: `), exchange.q), exchange.said, exchange.note, exchange.more);
      this.log.append(exchange.at);
      this.finish(exchange);
    }

    // Only what a sentence cites is a button, no "[9]" in a title.
    say(exchange, { text, citations = [], is_item }) {
      const parts = text.split(/([\w.,%-]{0,20} ?)\[(\d+)\]/).map((part, i, all) => {
        const isCited = citations.includes(+all[i + 2 - (i % 3)]);
        if (i % 3 < 2) return i % 3 && isCited ? "" : part;
        return isCited ? make("span", { className: "w" }, all[i - 1], make("button", { className: "n", "aria-label": this.word("source", part), onclick: (event) => this.cite(exchange, part, event.target) }, part)) : `[${part}]`;
      });
      const at = exchange.said, last = at.lastChild;
      if (is_item) (last && last.tagName === "UL" ? last : at.appendChild(make("ul"))).append(make("li", {}, ...parts));
      else if (last && last.tagName === "P") last.append(/[\u3000-\uffef]$/.test(last.textContent) ? "" : " ", ...parts);
      else at.append(make("p", {}, ...parts));
    }

    finish(exchange) {
      const { answer, fault: trouble, note, said: at, more } = exchange;
      exchange.at.dataset.state = exchange.isAsking ? "asking" : answer ? "done" : "cut";
      if (exchange.isAsking) return;
      note.hidden = !trouble;
      if (trouble) this.noted(note, trouble, () => this.again(exchange));
      if (!answer) return;
      answer.citations.forEach((c) => (exchange.cited[c.n] = c));
      const spoken = at.textContent;
      const fresh = { ...exchange, said: make("div") };
      answer.sentences.forEach((s) => this.say(fresh, s));
      if (fresh.said.textContent !== spoken || fresh.said.children.length !== at.children.length) at.replaceChildren(...fresh.said.childNodes);
      at.querySelectorAll(".n").forEach((button) => {
        const cited = exchange.cited[button.textContent];
        if (!cited) return;
        button.setAttribute("aria-label", `${this.word("source", cited.n)}: ${this.place(cited)}`);
        button.title = cited.quote.slice(0, 200);
      });
      more.replaceChildren(this.sources(exchange), this.tools(exchange), this.chips(answer.suggestions || []));
    }

    place({ title, section, page }) {
      return [title, section, page && this.word("page", page)].filter(Boolean).join(" · ");
    }

    sources(exchange) {
      const all = exchange.answer.citations;
      return all.length ? make("details", {}, make("summary", {}, `${this.word("sources")} (${all.length})`), make("ol", { role: "list" }, ...all.map((c) =>
        make("li", {}, make("button", { onclick: (event) => this.cite(exchange, c.n, event.currentTarget) }, make("b", {}, c.n), make("span", { dir: "auto" }, this.place(c))))))) : "";
    }

    tools(exchange) {
      const { answer } = exchange, status = make("span", { className: "said", role: "status" });
      const attempt = (key, act) => () => act().then(() => (status.textContent = this.word(key)), () => (status.textContent = this.word("failed")));
      const written = [answer.answer, ...answer.citations.map((c) => `[${c.n}] ${this.place(c)}: “${c.quote}”`), this.address(answer)].join("\n");
      const votes = ["helpful", "unhelpful"].map((verdict, i) => this.tool(i ? "no" : "yes", attempt("thanks", async () => {
        await this.fetched("v1/feedback", { profile: this.profile, fingerprint: answer.fingerprint, verdict });
        exchange.vote = verdict;
        votes.forEach((vote, j) => vote.setAttribute("aria-pressed", i === j));
        this.keep();
      }), { "aria-pressed": exchange.vote === verdict }));
      return make("div", { className: "tools" }, this.tool("copy", attempt("copied", async () => navigator.clipboard.writeText(written))), this.tool("again", () => this.again(exchange)), ...votes, status);
    }

    again(exchange) {
      if (this.busy || this.isWaiting) return;
      this.talk = this.talk.filter((e) => e !== exchange);
      exchange.at.remove();
      this.ask(exchange.q);
    }

    // With a way on, after the seconds that the server named.
    noted(note, { key, code, wait }, again) {
      const left = Math.ceil((this.until - Date.now()) / 1000);
      const retry = make("button", { onclick: again }, this.word("again"));
      note.className = code === "stopped" ? "note" : "note bad";
      if (wait && left > 0) {
        const [before, after] = said(this.language, key).split("{x}");
        if (!note.querySelector("span")) note.replaceChildren(before, make("span", { role: "timer", "aria-live": "off" }), after);
        note.querySelector("span").textContent = seconds(left);
        this.ticking = setTimeout(() => this.noted(note, { key, code, wait }, again), 250);
      } else note.replaceChildren(wait ? "" : this.word(key, this.profile), /wrong|long/.test(key) ? "" : retry);
      this.arm();
      return note;
    }

    cite(exchange, n, from) {
      const cited = exchange.cited[n];
      if (!cited) return;
      const back = make("button", { className: "back", onclick: () => this.back() }, icon("back"), this.word("back"));
      this.view.replaceChildren(
        back,
        make("p", { className: "where", id: "v", dir: "auto" }, make("b", {}, `${this.word("source", n)}: `), this.place(cited)),
        make("blockquote", { dir: "auto" }, cited.quote),
        this.link(this.word("show"), this.address(exchange.answer || { question: exchange.q }), icon("out")),
        /^https?:/i.test(cited.url) ? this.link(this.word("original"), cited.url, icon("out")) : "");
      this.view.hidden = false;
      this.view.scrollTop = 0;
      this.cited = from;
      back.focus({ preventScroll: true });
      this.tell("cite", cited);
    }

    back() {
      this.view.hidden = true;
      (this.cited.isConnected ? this.cited : this.box).focus();
    }
  };

  const idly = () => (window.requestIdleCallback ? requestIdleCallback(begin, { timeout: 2000 }) : setTimeout(begin, 1));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", idly);
  else idly();
})();
