import { memory } from '../test/bench/memory.ts';
console.log(await memory(Number(process.argv[2] ?? 6), Number(process.argv[3] ?? 5000))); process.exit(0);
