/** How bodies are read: strictly, so that a mistake is named instead of guessed around. */
package io.rostrum.catalog.json;
