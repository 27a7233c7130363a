/** The file that tells a demo's folder from that of a real installation. */
export const DEMO_MARK = 'THIS-IS-A-DEMO';
