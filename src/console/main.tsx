import { render } from 'preact';
import { App } from './shell/app.tsx';
import { begin } from './state/session.ts';
import './style/tokens.css';
import './style/base.css';
import './style/parts.css';
import './style/shell.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
void begin();
