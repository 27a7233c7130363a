/** What a campaign tells of: it began, somebody or its budget paused it, opt-outs stopped it, it went on, was ended or has ended. */
export const CAMPAIGN_EVENTS = [
  'campaign.started',
  'campaign.paused',
  'campaign.stopped',
  'campaign.resumed',
  'campaign.cancelled',
  'campaign.finished',
] as const;

export type CampaignEventType = (typeof CAMPAIGN_EVENTS)[number];
