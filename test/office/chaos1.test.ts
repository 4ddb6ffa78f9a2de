import { testChaos } from './chaos.ts';

testChaos(1);
