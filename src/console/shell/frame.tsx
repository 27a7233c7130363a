import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { connection } from '../api/live.ts';
import { saying } from '../i18n/catalogue.ts';
import { language } from '../i18n/language.ts';
import type { Page, PageProps } from '../page.ts';
import { PAGES } from '../pages.ts';
import { Banner } from '../parts/banner.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { lockWhenIdle } from '../state/lock.ts';
import { addressOf, place } from '../state/place.ts';
import { logOut, me, site } from '../state/session.ts';
import { badges } from './badges.ts';
import { Choices } from './choices.tsx';
import { OwnPassword } from './own-password.tsx';
import { PinChoice } from './pin-choice.tsx';
import { SecondFactor } from './second-factor.tsx';
import { secondFactorWords } from './second-factor-words.ts';
import { words } from './words.ts';

/** On a phone so many pages stand at the bottom, and the others behind "More". */
const AT_HAND = 4;

const labelOf = ({ label }: Page): string => saying(label[language.value], language.value, {});

/** The pages that whoever sits here sees, in the order of the menu. */
function pagesOfMine(): readonly Page[] {
  const { role } = me();
  return PAGES.filter((page) => role !== null && page.roles.includes(role) && (!page.onlyVirtual || site().virtualPhones));
}

/** What stands around every page. */
export function Frame() {
  const pages = pagesOfMine();
  const [menuIsOpen, openMenu] = useState(false);
  const [own, changeOwn] = useState<'password' | 'secondFactor' | undefined>(undefined);
  const done = (): void => changeOwn(undefined);
  const current = place.value.page === '' ? pages[0] : pages.find((one) => one.page === place.value.page);
  useEffect(lockWhenIdle, []);
  useEffect(() => {
    document.title = `${current ? labelOf(current) : words('noPage')} · ${site().name}`;
  }, [current, language.value]);

  return (
    <div class="frame">
      <button type="button" class="skip" onClick={skip}>
        {words('skip')}
      </button>
      <nav class="side" aria-label={words('menu')}>
        <div class="site">
          <span class="site-name">{site().name}</span>
          <span class="quiet small">
            {me().name} · {words(me().role ?? 'owner')}
          </span>
        </div>
        <ul>
          {pages.map((page, n) => (
            <li key={page.page} class={n >= AT_HAND ? 'further' : ''}>
              <NavLink page={page} isCurrent={page === current} />
            </li>
          ))}
          <li class="more">
            <button type="button" class="nav-link" onClick={() => openMenu(true)}>
              <Icon name="more" />
              <span>{words('more')}</span>
            </button>
          </li>
        </ul>
        <div class="side-end">
          <button type="button" class="nav-link" onClick={() => openMenu(true)}>
            <Icon name="sliders" />
            <span>
              {words('language')}, {words('theme').toLowerCase()}
            </span>
          </button>
          <button type="button" class="nav-link" onClick={() => void logOut()}>
            <Icon name="leave" />
            <span>{words('logOut')}</span>
          </button>
        </div>
      </nav>
      <main id="content" tabIndex={-1}>
        {connection.value === 'lost' && <Banner tone="warn" text={words('lost')} />}
        {current ? <Loaded key={current.page} page={current} /> : <NoPage />}
      </main>
      {menuIsOpen && (
        <Dialog title={words('menu')} onClose={() => openMenu(false)}>
          <ul class="menu-pages">
            {pages.slice(AT_HAND).map((page) => (
              <li key={page.page}>
                <NavLink page={page} isCurrent={page === current} onClick={() => openMenu(false)} />
              </li>
            ))}
          </ul>
          <Choices />
          <PinChoice onDone={() => openMenu(false)} />
          <button
            type="button"
            class="button wide"
            onClick={() => {
              openMenu(false);
              changeOwn('password');
            }}
          >
            {words('ownPassword')}
          </button>
          <button
            type="button"
            class="button wide"
            onClick={() => {
              openMenu(false);
              changeOwn('secondFactor');
            }}
          >
            {secondFactorWords('title')}
          </button>
          <p class="quiet small">
            {site().virtualPhones && <>{words('virtual')} </>}Simpost {site().version}
          </p>
          <button type="button" class="button wide only-narrow" onClick={() => void logOut()}>
            {words('logOut')}
          </button>
        </Dialog>
      )}
      {own === 'password' && (
        <Dialog title={words('ownPassword')} onClose={done}>
          <OwnPassword onDone={done} />
        </Dialog>
      )}
      {own === 'secondFactor' && (
        <Dialog title={secondFactorWords('title')} onClose={done}>
          <SecondFactor onDone={done} />
        </Dialog>
      )}
    </div>
  );
}

function NavLink({ page, isCurrent, onClick }: { page: Page; isCurrent: boolean; onClick?: () => void }) {
  const count = badges.value[page.page] ?? 0;
  return (
    <a class="nav-link" href={addressOf(page.page)} aria-current={isCurrent ? 'page' : undefined} onClick={onClick}>
      <Icon name={page.icon} />
      <span>{labelOf(page)}</span>
      {count > 0 && <span class="badge">{count > 99 ? '99+' : count}</span>}
    </a>
  );
}

/** Past the menu, for whoever has no mouse. */
function skip(): void {
  document.getElementById('content')?.focus();
}

function Loaded({ page }: { page: Page }) {
  const [state, setState] = useState<{ Shown: ComponentType<PageProps> } | 'failed' | undefined>(undefined);
  useEffect(() => {
    page.load().then(
      ({ default: Shown }) => setState({ Shown }),
      () => setState('failed'),
    );
  }, [page]);
  if (state === undefined) return <Spinner />;
  if (state !== 'failed') return <state.Shown place={place.value} />;
  return (
    <EmptyState icon="plug" title={words('pageLost')} text={words('pageLostText')}>
      <button type="button" class="button primary" onClick={() => globalThis.location.reload()}>
        {words('reloadPage')}
      </button>
    </EmptyState>
  );
}

function NoPage() {
  return (
    <EmptyState icon="search" title={words('noPage')} text={words('noPageText')}>
      <a class="button primary" href={addressOf('today')}>
        {words('toStart')}
      </a>
    </EmptyState>
  );
}
