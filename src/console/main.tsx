import { render } from 'preact';
import { PAGES } from './pages.ts';
import { App } from './shell/app.tsx';
import { place } from './state/place.ts';
import { begin } from './state/session.ts';
import './style/tokens.css';
import './style/base.css';
import './style/parts.css';
import './style/shell.css';

// What will be shown is fetched while the box is asked who this is.
const page = PAGES.find((one) => one.page === place.value.page) ?? PAGES[0];
page?.load().catch(() => {});

const root = document.getElementById('app');
await begin();
if (root) {
  root.replaceChildren();
  render(<App />, root);
}
