/** The Kafka broker: one node in KRaft mode, and Rostrum's topics on it. */
package io.rostrum.localstack.kafka;
