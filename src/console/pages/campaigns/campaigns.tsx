import type { PageProps } from '../../page.ts';
import { Tabs } from '../../parts/tabs.tsx';
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
      <Tabs
        label={words('sections')}
        tabs={[
          { name: 'campaigns', label: words('campaigns'), href: addressOf('campaigns') },
          { name: 'segments', label: words('segments'), href: addressOf('campaigns', ['segments']) },
        ]}
        open={isSegments ? 'segments' : 'campaigns'}
      />
      {isSegments ? <Segments /> : <CampaignList />}
    </>
  );
}
