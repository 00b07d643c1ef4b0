/*
 * Agent of a JVM that writes where compiled code lies and which methods were inlined where:
 *
 *   -agentpath:.../inlining.so=FILE
 *
 * Lines of FILE: "M ADDRESS BYTES METHOD" for a method that was compiled, below it "P ADDRESS METHOD..." for the code up
 * to an address, innermost method first; "U ADDRESS" for code that was thrown away. What the JVM has put together itself,
 * to copy or fill memory and the like, comes in the first form.
 */
#include <jvmti.h>
#include <jvmticmlr.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static FILE *out;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void write_name(jvmtiEnv *env, jmethodID method)
{
    char *name = NULL, *class_name = NULL;
    jclass class;
    if ((*env)->GetMethodName(env, method, &name, NULL, NULL) == JVMTI_ERROR_NONE
        && (*env)->GetMethodDeclaringClass(env, method, &class) == JVMTI_ERROR_NONE
        && (*env)->GetClassSignature(env, class, &class_name, NULL) == JVMTI_ERROR_NONE)
        fprintf(out, " %.*s.%s", (int) strcspn(class_name + 1, ";"), class_name + 1, name);
    else
        fprintf(out, " ?");
    (*env)->Deallocate(env, (unsigned char *) name);
    (*env)->Deallocate(env, (unsigned char *) class_name);
}

static void JNICALL on_load(jvmtiEnv *env, jmethodID method, jint bytes, const void *address, jint length,
    const jvmtiAddrLocationMap *map, const void *information)
{
    (void) length;
    (void) map;
    pthread_mutex_lock(&mutex);
    fprintf(out, "M %p %d", address, bytes);
    write_name(env, method);
    fputc('\n', out);
    for (const jvmtiCompiledMethodLoadRecordHeader *h = information; h != NULL; h = h->next) {
        if (h->kind != JVMTI_CMLR_INLINE_INFO)
            continue;
        const jvmtiCompiledMethodLoadInlineRecord *record = (const jvmtiCompiledMethodLoadInlineRecord *) h;
        for (int i = 0; i < record->numpcs; i++) {
            fprintf(out, "P %p", record->pcinfo[i].pc);
            for (int k = 0; k < record->pcinfo[i].numstackframes; k++)
                write_name(env, record->pcinfo[i].methods[k]);
            fputc('\n', out);
        }
    }
    fflush(out);
    pthread_mutex_unlock(&mutex);
}

static void JNICALL on_unload(jvmtiEnv *env, jmethodID method, const void *address)
{
    (void) env;
    (void) method;
    pthread_mutex_lock(&mutex);
    fprintf(out, "U %p\n", address);
    pthread_mutex_unlock(&mutex);
}

static void JNICALL on_stub(jvmtiEnv *env, const char *name, const void *address, jint bytes)
{
    (void) env;
    pthread_mutex_lock(&mutex);
    fprintf(out, "M %p %d ", address, bytes);
    for (const char *c = name; *c != 0; c++)
        fputc(*c == ' ' ? '_' : *c, out);
    fputc('\n', out);
    pthread_mutex_unlock(&mutex);
}

static void JNICALL on_start(jvmtiEnv *env, JNIEnv *jni, jthread thread)
{
    (void) jni;
    (void) thread;
    (*env)->GenerateEvents(env, JVMTI_EVENT_DYNAMIC_CODE_GENERATED);
}

static int enable(jvmtiEnv *env, jvmtiEvent event)
{
    return (*env)->SetEventNotificationMode(env, JVMTI_ENABLE, event, NULL) == JVMTI_ERROR_NONE;
}

JNIEXPORT jint JNICALL Agent_OnLoad(JavaVM *vm, char *options, void *reserved)
{
    (void) reserved;
    jvmtiEnv *env;
    jvmtiCapabilities wanted = {.can_generate_compiled_method_load_events = 1};
    jvmtiEventCallbacks callbacks = {.CompiledMethodLoad = on_load,
        .CompiledMethodUnload = on_unload,
        .DynamicCodeGenerated = on_stub,
        .VMInit = on_start};
    out = fopen(options == NULL ? "" : options, "w");
    if (out == NULL) {
        perror("inlining: needs a file to write");
        return JNI_ERR;
    }
    if ((*vm)->GetEnv(vm, (void **) &env, JVMTI_VERSION_1_1) != JNI_OK
        || (*env)->AddCapabilities(env, &wanted) != JVMTI_ERROR_NONE
        || (*env)->SetEventCallbacks(env, &callbacks, sizeof callbacks) != JVMTI_ERROR_NONE
        || !enable(env, JVMTI_EVENT_COMPILED_METHOD_LOAD) || !enable(env, JVMTI_EVENT_COMPILED_METHOD_UNLOAD)
        || !enable(env, JVMTI_EVENT_DYNAMIC_CODE_GENERATED) || !enable(env, JVMTI_EVENT_VM_INIT))
        return JNI_ERR;
    return JNI_OK;
}
