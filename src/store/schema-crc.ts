/** CRCs of what never changes of a message (`row-crc.ts`); NULL in rows from before they were kept. */
export const CRC_SCHEMA = `
ALTER TABLE message_texts ADD COLUMN crc INTEGER;          -- of this row; NULL again once the text is erased
ALTER TABLE message_texts ADD COLUMN message_crc INTEGER;  -- of the message and the lengths of its segments
`;
