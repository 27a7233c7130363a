/** What may become of an occasion. */
export const OCCASION_EVENTS = [
  'occasion.booked',
  'occasion.confirmed',
  'occasion.cancelled',
  'occasion.moveAsked',
  'occasion.moved',
  'occasion.rated',
  'occasion.unclear',
  'occasion.came',
  'occasion.didNotCome',
  'occasion.slotTaken',
] as const;
export type OccasionEventType = (typeof OCCASION_EVENTS)[number];
