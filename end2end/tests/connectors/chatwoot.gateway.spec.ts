import { stories } from './stories';

stories('chatwoot', 'gateway');
