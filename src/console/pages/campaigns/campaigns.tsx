import type { PageProps } from '../../page.ts';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { OneCampaign } from './campaign.tsx';
import { CampaignList } from './list.tsx';
import { NewCampaign } from './new-campaign.tsx';
import { Segments } from './segments.tsx';
import { words } from './words.ts';
import './campaigns.css';

/** `#/campaigns`, `#/campaigns/new`, `#/campaigns/segments`, and `#/campaigns/of/ID`. */
export default function Campaigns({ place: { path } }: PageProps) {
  const [what, id] = path;
  if (what === 'of' && id !== undefined) return <OneCampaign key={id} id={id} />;
  if (what === 'new' && may('send')) return <NewCampaign />;
  const isSegments = what === 'segments';
  return (
    <>
      <header class="page-head">
        <h1>{words('title')}</h1>
        {may('send') && !isSegments && (
          <a class="button primary" href={addressOf('campaigns', ['new'])}>
            {words('add')}
          </a>
        )}
      </header>
      <nav class="tabs" aria-label={words('sections')}>
        <a href={addressOf('campaigns')} aria-current={isSegments ? undefined : 'page'}>
          {words('campaigns')}
        </a>
        <a href={addressOf('campaigns', ['segments'])} aria-current={isSegments ? 'page' : undefined}>
          {words('segments')}
        </a>
      </nav>
      {isSegments ? <Segments /> : <CampaignList />}
    </>
  );
}
