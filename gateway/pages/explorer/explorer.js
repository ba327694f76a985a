// The bar above GraphiQL: saved operations, who is asking, in which language, and who answered.
import { createRoot, React, Ruru } from '/ruru/ruru.js';

const texts = {
  'zh-CN': {
    identity: '身份',
    language: '语言',
    anonymous: '未登录',
    idle: '选择上方的操作，再点运行按钮 ▶，这里会显示是哪些子图回答的。',
    answered: '由谁回答：',
    nobody: '没有询问任何子图。',
    fetches: (count, ms) => `${count} 次查询，全程 ${ms} 毫秒`,
    unreachable: '无法连接服务器，它还在运行吗？',
  },
  en: {
    identity: 'You are',
    language: 'Language',
    anonymous: 'not signed in',
    idle: 'Choose an operation above and press ▶. Here you will see which subgraphs answered.',
    answered: 'Who answered:',
    nobody: 'No subgraph was asked.',
    fetches: (count, ms) => `${count} ${count === 1 ? 'fetch' : 'fetches'}, ${ms} ms from here and back`,
    unreachable: 'The server cannot be reached. Is it still running?',
  },
};

const element = (id) => document.getElementById(id);
const nav = element('operations');
const identitySelect = element('identity');
const languageSelect = element('language');
const answered = element('answered');

let session = await loadSession();
let language =
  localStorage.getItem('tongdui:language') ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en');

globalThis.MonacoEnvironment = {
  getWorker(_, label) {
    const file = { json: 'jsonWorker.js', graphql: 'graphqlWorker.js' }[label] ?? 'editorWorker.js';
    return new Worker(`/ruru/${file}`, { type: 'module' });
  },
};

languageSelect.value = language;
languageSelect.addEventListener('change', () => {
  language = languageSelect.value;
  localStorage.setItem('tongdui:language', language);
  showTexts();
});
identitySelect.addEventListener('change', () => {
  sessionStorage.setItem('tongdui:identity', identitySelect.value);
  identitySelect.classList.remove('changed');
});
showTexts();
showIdle();

const first = prepareTabs();
createRoot(element('ruru-root')).render(
  React.createElement(Ruru, {
    fetcher,
    debugTools: [],
    defaultEditorToolsVisibility: 'variables',
    defaultQuery: '',
    initialQuery: first?.query ?? '',
    initialVariables: first?.variables ?? '',
    showPersistHeadersSettings: false,
    forcedTheme: 'light',
  }),
);

async function loadSession() {
  const response = await fetch('session.json', { cache: 'no-store' });
  return response.json();
}

function showTexts() {
  const text = texts[language];
  const short = language === 'en' ? 'en' : 'zh';
  document.documentElement.lang = language;
  element('identity-label').textContent = text.identity;
  element('language-label').textContent = text.language;
  nav.replaceChildren(
    ...session.operations.map((operation) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = operation.title[short];
      button.dataset.name = operation.name;
      button.addEventListener('click', () => open(operation));
      return button;
    }),
  );
  const chosen =
    identitySelect.value ||
    sessionStorage.getItem('tongdui:identity') ||
    session.identities[0]?.subject;
  const nobody = new Option(text.anonymous, 'anonymous');
  identitySelect.replaceChildren(
    ...session.identities.map(({ name, subject }) => new Option(name[short], subject)),
    nobody,
  );
  identitySelect.value = chosen ?? 'anonymous';
  if (identitySelect.value === '') identitySelect.selectedIndex = 0;
}

function showIdle() {
  answered.textContent = texts[language].idle;
}

// GraphiQL keeps its tabs in the storage of the browser. Ours are put there whenever the saved
// operations or the ids of the demo have changed; otherwise what the visitor left is kept.
function prepareTabs() {
  const version = JSON.stringify(session.operations);
  const name = location.hash.slice(1);
  const wanted = session.operations.find((operation) => operation.name === name);
  if (localStorage.getItem('tongdui:operations') !== version || wanted) {
    localStorage.setItem('tongdui:operations', version);
    const tabs = session.operations.map(({ query, variables }) => ({
      id: crypto.randomUUID(),
      hash: null,
      title: operationName(query),
      query,
      variables,
      headers: null,
      operationName: operationName(query),
      response: null,
    }));
    const activeTabIndex = Math.max(session.operations.indexOf(wanted), 0);
    localStorage.setItem('graphiql:tabState', JSON.stringify({ tabs, activeTabIndex }));
    history.replaceState(null, '', location.pathname);
    return session.operations[activeTabIndex];
  }
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState'));
    const { query, variables } = tabs[activeTabIndex];
    return { query: query ?? '', variables: variables ?? '' };
  } catch {
    return session.operations[0];
  }
}

function operationName(query) {
  return /^(?:query|mutation) (\w+)/m.exec(query)?.[1] ?? null;
}

// Shows the tab of an operation; one that was closed comes back with the page. Chooses an identity
// that may ask it.
function open({ name, query, role }) {
  const current = session.identities.find(({ subject }) => subject === identitySelect.value);
  if (role !== null && !current?.roles.includes(role)) {
    const fitting = session.identities.find(({ roles }) => roles.includes(role));
    if (fitting !== undefined) {
      identitySelect.value = fitting.subject;
      identitySelect.dispatchEvent(new Event('change'));
      identitySelect.classList.add('changed');
    }
  }
  for (const button of nav.children) {
    button.setAttribute('aria-pressed', String(button.dataset.name === name));
  }
  const title = operationName(query);
  const tab = [...document.querySelectorAll('.graphiql-tab-button')].find(
    ({ textContent }) => textContent === title,
  );
  if (tab !== undefined) {
    tab.click();
    return;
  }
  location.hash = name;
  location.reload();
}

async function fetcher(params, { headers } = {}) {
  const start = performance.now();
  let response = await send(params, headers);
  if (response.status === 401) {
    // The token is of an earlier run of the server, or older than twelve hours.
    session = await loadSession();
    response = await send(params, headers);
  }
  const answer = await response.json();
  if (params.operationName !== 'IntrospectionQuery') {
    showAnsweredBy(answer.extensions?.answeredBy, Math.round(performance.now() - start));
  }
  return answer;
}

async function send(params, headers) {
  const identity = session.identities.find(({ subject }) => subject === identitySelect.value);
  try {
    return await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': language,
        'x-tongdui-trace': '1',
        ...(identity && { authorization: `Bearer ${identity.token}` }),
        ...headers,
      },
      body: JSON.stringify(params),
    });
  } catch (error) {
    answered.textContent = texts[language].unreachable;
    throw error;
  }
}

// One chip for each subgraph, in the order of their first answers, with its slowest fetch.
function showAnsweredBy(answeredBy = [], ms) {
  const text = texts[language];
  if (answeredBy.length === 0) {
    answered.textContent = text.nobody;
    return;
  }
  const bySubgraph = Map.groupBy(answeredBy, ({ subgraph }) => subgraph);
  const chips = [...bySubgraph].map(([subgraph, fetches]) => {
    const chip = document.createElement('span');
    const times = fetches.length === 1 ? '' : ` ×${fetches.length}`;
    chip.className = subgraph;
    chip.textContent = `${subgraph}${times} · ${Math.max(...fetches.map((fetched) => fetched.ms))} ms`;
    return chip;
  });
  answered.replaceChildren(text.answered, ...chips, text.fetches(answeredBy.length, ms));
}
