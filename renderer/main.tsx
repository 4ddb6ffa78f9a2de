import { openClient } from './api/openClient.ts';
import { mountApp } from './mountApp.tsx';

mountApp(openClient());
