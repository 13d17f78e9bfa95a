/**
 * How a live broadcast is doing, as producers see it: reports on the health topic, replaced every
 * few seconds by newer ones. Nothing is computed from them but what people read; losing some loses
 * nothing else.
 */
package io.rostrum.contracts.health;
