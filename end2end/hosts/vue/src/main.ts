import { createApp } from 'vue';
import App from './App.vue';
import './own.css';

createApp(App).mount('#app');
