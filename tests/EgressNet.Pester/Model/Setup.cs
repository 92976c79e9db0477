namespace EgressNet.Pester.Model;

internal enum Setup
{
    BeforeAll,
    BeforeEach,
    AfterEach,
    AfterAll,
}
