// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { css_variables } from './src/tokens'

// The CSS variables come out of tokens.ts at build time, so that no colour waits for a script.
function tokens_css(): Plugin {
  return {
    name: 'agate-tokens-css',
    resolveId: (id) => (id === 'virtual:tokens.css' ? '\0virtual:tokens.css' : null),
    load: (id) => (id === '\0virtual:tokens.css' ? css_variables() : null),
  }
}

export default defineConfig({
  plugins: [vue(), tokens_css()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  server: { port: 5173, proxy: { '/api': process.env.AGATE_WEB_URL ?? 'http://127.0.0.1:8080' } },
  build: { target: 'es2022', assetsInlineLimit: 2048, chunkSizeWarningLimit: 400 },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
})
