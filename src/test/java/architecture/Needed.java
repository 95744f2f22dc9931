package architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Whether a class is used outside its package. */
final class Needed extends ArchCondition<JavaClass> {

    /** Packages that use it, by class name. */
    private final Map<String, Set<String>> users = new HashMap<>();

    private Needed(JavaClasses[] users) {
        super("be needed by another package");
        Arrays.stream(users).flatMap(JavaClasses::stream).forEach(user -> {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                this.users.computeIfAbsent(topLevel(dependency.getTargetClass()), name -> new HashSet<>())
                        .add(user.getPackageName());
            }
        });
    }

    static Needed byAnotherPackage(JavaClasses... users) {
        return new Needed(users);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean needed = users.getOrDefault(type.getName(), Set.of()).stream()
                .anyMatch(user -> !user.equals(type.getPackageName()));
        events.add(new SimpleConditionEvent(type, needed, type.getName() + " is public; no other package uses it"));
    }

    private static String topLevel(JavaClass type) {
        return type.getName().split("\\$")[0];
    }
}
