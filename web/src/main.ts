// SPDX-License-Identifier: Apache-2.0
import 'virtual:tokens.css'
import './styles/base.css'
import { createApp } from 'vue'
import App from './App.vue'

createApp(App).mount('#app')
