/** Publications: who may open one, which are open, and what becomes of them on the source topic. */
package io.rostrum.ingest.publish;
