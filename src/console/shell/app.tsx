import { Spinner } from '../parts/spinner.tsx';
import { Toasts } from '../parts/toast.tsx';
import { isLocked } from '../state/lock.ts';
import { who } from '../state/session.ts';
import { FirstRun } from './first-run.tsx';
import { Frame } from './frame.tsx';
import { LockScreen } from './lock-screen.tsx';
import { LogIn } from './log-in.tsx';
import { Offline } from './offline.tsx';

export function App() {
  return (
    <>
      <Whole />
      <Toasts />
    </>
  );
}

function Whole() {
  switch (who.value.kind) {
    case 'unknown':
      return <Spinner />;
    case 'offline':
      return <Offline />;
    case 'setup':
      return <FirstRun />;
    case 'nobody':
      return <LogIn ended={who.value.ended} />;
    case 'somebody':
      return isLocked.value ? <LockScreen /> : <Frame />;
  }
}
