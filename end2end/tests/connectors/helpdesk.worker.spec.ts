import { stories } from './stories';

stories('django-helpdesk', 'worker');
