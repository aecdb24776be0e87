import { stories } from './stories';

stories('chatwoot', 'worker');
