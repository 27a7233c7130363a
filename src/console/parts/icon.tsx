/** Line drawings of 24 by 24; each is a path. */
const PATHS = {
  sun: 'M12 3v2m0 14v2M5.6 5.600 7 7m10 10 1.400 1.400M3 12h2m14 0h2M5.600 18.400 7 17M17 7l1.400-1.400M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z',
  talk: 'M4 6.500A2.500 2.500 0 0 1 6.500 4h11A2.500 2.500 0 0 1 20 6.500v7a2.500 2.500 0 0 1-2.500 2.500H11l-4.500 4v-4A2.500 2.500 0 0 1 4 13.500z',
  send: 'M20 4 3.500 10.500l6.500 3 3 6.500zM10 13.500 20 4',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  modem: 'M4 14h16v5H4zM8 16.500h.01M12 16.500h4M12 14V9m-3 1.500a4 4 0 0 1 6 0M6.500 8a8 8 0 0 1 11 0',
  phone:
    'M8 3h8a1.500 1.500 0 0 1 1.500 1.500v15A1.500 1.500 0 0 1 16 21H8a1.500 1.500 0 0 1-1.500-1.500v-15A1.500 1.500 0 0 1 8 3zM11 18h2',
  call: 'M6 4h3l1.500 4.500L8.500 10a12 12 0 0 0 5.500 5.500l1.500-2L20 15v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zm-6 9a6 6 0 0 1 12 0M16 4.500a3.500 3.500 0 0 1 0 6.500m2 3.500a6 6 0 0 1 3 5.500',
  calendar: 'M5 6h14v14H5zM5 10h14M9 3.500V7m6-3.500V7',
  sliders: 'M5 7h8m4 0h2M5 17h2m4 0h8M15 5v4M9 15v4M5 12h14',
  leave: 'M14 4H6v16h8M10 12h10m-3.500-3.500L20 12l-3.500 3.500',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  search: 'M10.500 4a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13zM15.500 15.500 20 20',
  plug: 'M9 3v5m6-5v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  alert: 'M12 4 2.800 20h18.400zM12 10v4.500m0 2.500v.01',
  info: 'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM12 11v5m0-8v.01',
  check: 'M5 12.500 10 17 19 7',
  close: 'M6 6l12 12M18 6 6 18',
  clock: 'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM12 7.500V12l3 2',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  stop: 'M8.500 3.500h7l5 5v7l-5 5h-7l-5-5v-7zM8.500 12h7',
  gear: 'M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM12 3v3m0 12v3M4.200 7.500l2.600 1.500m10.400 6 2.600 1.500M4.200 16.500l2.600-1.500m10.400-6 2.600-1.500',
  horn: 'M4 10v4l11 4V6zM15 9.500a3 3 0 0 1 0 5M7 15v4h3v-3',
  note: 'M6 4h12v11l-5 5H6zM18 15h-5v5M9 9h6M9 12.500h3',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside a word; it says nothing by itself. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
