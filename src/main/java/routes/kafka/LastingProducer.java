package routes.kafka;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that is replaced after a failure from which it can't recover: an idempotent producer that was fenced, or whose
 * rights or credentials were missing for a moment, fails each later record as well. Records that the old one had in hand
 * fail, and stay owed.
 */
final class LastingProducer implements InvocationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LastingProducer.class);

    /** Pause between two replacements, at least, while the cause lasts. */
    private static final Duration APART = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Supplier<Producer<Object, Object>> make;
    private Producer<Object, Object> producer;
    private long made = System.nanoTime();
    /** The failure from which {@link #producer} can't recover; null while there is none. */
    private Exception end;

    private LastingProducer(Supplier<Producer<Object, Object>> make) {
        this.make = make;
        this.producer = make.get();
    }

    @SuppressWarnings("unchecked")
    static Producer<Object, Object> of(Supplier<Producer<Object, Object>> make) {
        return (Producer<Object, Object>) Proxy.newProxyInstance(LastingProducer.class.getClassLoader(),
                new Class<?>[] {Producer.class}, new LastingProducer(make));
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("send")) {
            return send((ProducerRecord<Object, Object>) arguments[0], arguments.length > 1 ? (Callback) arguments[1] : null);
        }
        try {
            return method.invoke(current(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object send(ProducerRecord<Object, Object> message, Callback told) {
        Producer<Object, Object> by = usable();
        try {
            return by.send(message, (where, failure) -> {
                if (failure != null) {
                    failed(by, failure);
                }
                if (told != null) {
                    told.onCompletion(where, failure);
                }
            });
        } catch (RuntimeException e) {
            failed(by, e);
            throw e;
        }
    }

    private synchronized Producer<Object, Object> current() {
        return producer;
    }

    private synchronized Producer<Object, Object> usable() {
        if (end != null && System.nanoTime() - made > APART.toNanos()) {
            LOG.info("a producer is made anew: the one before could not get over {}", end.toString());
            Producer<Object, Object> old = producer;
            made = System.nanoTime();
            producer = made();
            end = null;
            Thread closing = new Thread(() -> old.close(CLOSING), "closing-producer");
            closing.setDaemon(true);
            closing.start();
        }
        return producer;
    }

    /** Kafka loads classes, those of login modules among them, by the class loader of the thread. */
    private Producer<Object, Object> made() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(KafkaProducer.class.getClassLoader());
        try {
            return make.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private synchronized void failed(Producer<Object, Object> by, Exception failure) {
        if (by == producer && endsIt(failure)) {
            end = failure;
        }
    }

    /** Leaves out failures that pass by themselves, and those of one record or topic. */
    private static boolean endsIt(Exception failure) {
        return !(failure instanceof RetriableException || failure instanceof SerializationException
                || failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidTopicException || failure instanceof TopicAuthorizationException);
    }
}
