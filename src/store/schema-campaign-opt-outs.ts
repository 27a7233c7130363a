/** Whoever ended texts after a campaign, by a word, a link, a call or at the desk: the list of opt-outs itself knows no numbers. */
export const CAMPAIGN_OPT_OUTS_SCHEMA = `
ALTER TABLE campaign_recipients ADD COLUMN opted_out_at INTEGER;
CREATE INDEX campaign_recipients_opted_out ON campaign_recipients(campaign_seq) WHERE opted_out_at IS NOT NULL;
CREATE INDEX campaign_recipients_number ON campaign_recipients(recipient);
UPDATE campaign_recipients SET opted_out_at = (
  SELECT min(i.received_at) FROM inbound i JOIN campaigns c ON c.seq = campaign_recipients.campaign_seq
  WHERE i.sender = campaign_recipients.recipient AND i.seq > c.first_inbound AND i.meaning = 'stop')
WHERE message_id IS NOT NULL;

-- For a contact who has another number now.
CREATE INDEX occasions_contact ON occasions(contact) WHERE contact IS NOT NULL;
`;
