import { stories } from './stories';

stories('escalated-django', 'gateway');
